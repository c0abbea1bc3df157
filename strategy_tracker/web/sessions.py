"""Sessions live in the database; the cookie is a random name for one and nothing else."""

import datetime as dt
import hashlib
import secrets
from typing import Any

from flask import Flask, Request, Response, g, render_template
from flask.json.tag import TaggedJSONSerializer
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict

from strategy_tracker import clock
from strategy_tracker.accounts.models import Session
from strategy_tracker.db import AWAY

COOKIE = "tracker_session"
IDLE = dt.timedelta(hours=4)
ABSOLUTE = dt.timedelta(hours=12)
FORGOTTEN = dt.timedelta(days=7)
RETRY_AFTER = 30
"""Seconds after which a browser may ask again when the database was away."""
SEEN_EVERY = dt.timedelta(minutes=1)
WITHOUT_SESSION = ("/static/", "/health/live")
SERIALIZER = TaggedJSONSerializer()


class DatabaseSession(CallbackDict[str, Any], SessionMixin):
    """One browser's session.

    `was_of` is the person of the session that the browser named and that has ended. `failed` is why the database could
    not be asked: the request raises it in its own place, where it gets its own page.
    """

    def __init__(
        self,
        data: dict[str, Any],
        row: Session | None,
        was_of: int | None = None,
        failed: Exception | None = None,
    ):
        super().__init__(data, on_update=lambda _: setattr(self, "modified", True))
        self.row, self.was_of, self.failed = row, was_of, failed
        self.modified = False
        self.must_renew = False
        self.new = row is None


def renew(session: Any) -> None:
    """Goes on under a new name, so that a name known before sign-in is worth nothing after it."""
    session.must_renew = session.modified = True


class DatabaseSessions(SessionInterface):
    """Opens and saves them. A session ends after 4 hours without a request, and 12 hours after sign-in."""

    def open_session(self, app: Flask, request: Request) -> DatabaseSession:
        name = request.cookies.get(COOKIE)
        try:
            row = _row(name) if name and not request.path.startswith(WITHOUT_SESSION) else None
        except AWAY as error:
            return DatabaseSession({}, None, failed=error)
        if row is None:
            return DatabaseSession({}, None)
        now = clock.now()
        if row.ended_at or now - row.seen_at > IDLE or now - row.created_at > ABSOLUTE:
            return DatabaseSession({}, None, was_of=row.person_id)
        return DatabaseSession(SERIALIZER.loads(row.data), row)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        if not isinstance(session, DatabaseSession):
            raise TypeError("not a session of this product")
        try:
            self._save(app, session, response)
        except AWAY:
            g.database_away = True
            response.status_code = 503
            response.headers["Retry-After"] = str(RETRY_AFTER)
            response.set_data(render_template("errors/503.html"))

    def _save(self, app: Flask, session: DatabaseSession, response: Response) -> None:
        if session.row is not None and (session.must_renew or not session):
            _end(session.row)
        if not session:
            if session.row is not None:
                response.delete_cookie(COOKIE, **_cookie_place(app))
        elif session.row is None or session.must_renew:
            self._begin(app, session, response)
        else:
            _keep(session)

    def _begin(self, app: Flask, session: DatabaseSession, response: Response) -> None:
        name, now = secrets.token_urlsafe(32), clock.now()
        Session.delete().where(Session.seen_at < now - FORGOTTEN).execute()
        Session.create(
            digest=_digest(name),
            person=session.get("person"),
            data=SERIALIZER.dumps(dict(session)),
            created_at=now,
            seen_at=now,
        )
        response.set_cookie(COOKIE, name, httponly=True, samesite="Lax", **_cookie_place(app))


def _row(name: str) -> Session | None:
    found: Session | None = Session.get_or_none(Session.digest == _digest(name))
    return found


def _keep(session: DatabaseSession) -> None:
    now, row = clock.now(), session.row
    if row is None or not (session.modified or now - row.seen_at > SEEN_EVERY):
        return
    Session.update(data=SERIALIZER.dumps(dict(session)), seen_at=now).where(
        Session.id == row.id, Session.ended_at.is_null()
    ).execute()


def _end(row: Session) -> None:
    Session.update(ended_at=clock.now(), data="{}").where(Session.id == row.id).execute()


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()


def _cookie_place(app: Flask) -> dict[str, Any]:
    return {"path": "/", "secure": app.config["SESSION_COOKIE_SECURE"]}
