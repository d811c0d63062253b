from pathlib import Path

from bot.networks.matrix.sync.sync_loop import AT_ONCE, PAUSE
from tests.networks.matrix.fake_homeserver import ME, FakeHomeserver, created, member, response, room, said
from tests.networks.matrix.one_bot import Bot

EMPTY = 200


async def test_a_homeserver_that_answers_at_once_without_news_is_asked_four_times_a_second(
    tmp_path: Path,
) -> None:
    first = response("0", a=room(created(), member(ME)))
    empty = [response(f"e{n}") for n in range(EMPTY)]
    async with Bot(tmp_path, FakeHomeserver(first)).running() as bot:
        bot.slept.clear()
        await bot.tell(*empty)
        assert bot.slept == [PAUSE] * (EMPTY - AT_ONCE)


async def test_one_with_news_is_asked_at_once(tmp_path: Path) -> None:
    first = response("0", a=room(created(), member(ME)))
    news = [response(f"n{n}", a=room(said(n))) for n in range(EMPTY)]
    async with Bot(tmp_path, FakeHomeserver(first)).running() as bot:
        bot.slept.clear()
        await bot.tell(*news)
        assert bot.slept == []
        assert len(bot.inbox.messages) == EMPTY
