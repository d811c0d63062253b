"""Logs in to a homeserver: with a token, with the saved login, or with the password."""

import logging

from bot.networks.matrix.errors import RefusedError
from bot.networks.matrix.saved_state import SavedState
from bot.networks.matrix.server.homeserver import Access, Homeserver
from bot.networks.matrix.settings import MatrixSettings

log = logging.getLogger(__name__)

REFUSALS = {
    # how homeservers refuse a login, and what helps
    "M_FORBIDDEN": "the password of {user} is wrong, or there is no such user: fix user or password_file",
    "M_INVALID_USERNAME": "{user} can't be a user of this homeserver: fix user or homeserver",
    "M_USER_DEACTIVATED": "{user} was deactivated: the homeserver's admin can tell why",
    "M_USER_LOCKED": "{user} is locked: the homeserver's admin can tell why",
    "M_USER_SUSPENDED": "{user} is suspended: the homeserver's admin can tell why",
    "M_UNKNOWN": "a login with a password is perhaps not offered there: get a token and name it in token_file",
    "M_UNRECOGNIZED": (
        "a login with a password is not offered there: fix homeserver, if it is no base address, "
        "else get a token and name it in token_file"
    ),
}


class LoginError(Exception):
    """The homeserver refuses the login; the message says what to do."""


class Login:
    """Logs one network in, always as the same device, because transaction ids belong to the device."""

    def __init__(self, settings: MatrixSettings, saved: SavedState) -> None:
        self._settings = settings
        self._saved = saved

    async def enter(self, server: Homeserver) -> None:
        """Log in. Raises LoginError, UnreachableError, and RefusedError when the server is too busy."""
        if self._settings.token is not None:
            await self._by_token(server, self._settings.token)
        elif not await self._as_before(server):
            await self._by_password(server)

    def lost(self) -> str:
        """Forget the token, which is not valid anymore; returns words that say what to do."""
        if self._settings.token is not None:
            return (
                "the access token is not valid anymore: put a new one into token_file and start the bot again"
            )
        self._saved.forget_token()
        if self._settings.password is not None:
            return "the access token is not valid anymore: logging in again with the password"
        return "the access token is not valid anymore: configure password_file or token_file"

    async def _by_token(self, server: Homeserver, token: str) -> None:
        server.use(Access("", token))
        try:
            user, device = await server.whoami()
        except RefusedError as error:
            raise self._words(error, self.lost()) from error
        if user != self._settings.user:
            raise LoginError(
                f"the access token is {user}'s, not {self._settings.user}'s: fix user or token_file"
            )
        server.use(Access(device, token))

    async def _as_before(self, server: Homeserver) -> bool:
        """Use the saved login; False if there is none that works."""
        access = self._saved.access
        if access is None:
            return False
        server.use(access)
        try:
            await server.whoami()
        except RefusedError as error:
            if not error.is_login_lost:
                raise self._words(error, str(error)) from error
            log.warning("%s: %s", self._settings.name, self.lost())
            return False
        return True

    async def _by_password(self, server: Homeserver) -> None:
        settings = self._settings
        if settings.password is None:
            raise LoginError("no way to log in is configured; set password_file, password_env or token_file")
        try:
            access = await server.log_in(settings.password, device=self._saved.device, name=settings.device)
        except RefusedError as error:
            known = REFUSALS.get(error.code)
            raise self._words(error, known.format(user=settings.user) if known else str(error)) from error
        self._saved.save_access(access)
        server.use(access)
        log.info("%s: logged in as %s, device %s", settings.name, settings.user, access.device)

    def _words(self, error: RefusedError, words: str) -> Exception:
        """The error for a refusal: the refusal itself if only time helps."""
        if error.wait is not None:
            return error
        if error.code in {"M_USER_DEACTIVATED", "M_USER_LOCKED", "M_USER_SUSPENDED"}:
            words = REFUSALS[error.code].format(user=self._settings.user)
        return LoginError(words)
