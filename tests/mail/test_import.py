import subprocess
import sys


def test_only_who_sends_pays_for_the_smtp_library() -> None:
    code = "import sys, bot.mail.smtp, bot.mail.worker, bot.mail.files; print('aiosmtplib' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout
        == "False\n"
    )
