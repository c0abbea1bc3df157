"""The application: an ordered list of what it is made of."""

from pathlib import Path
from typing import Any

from flask import Flask, request, session
from flask_wtf import CSRFProtect

from strategy_tracker import db
from strategy_tracker.accounts import routes as accounts
from strategy_tracker.calendars import routes as calendars
from strategy_tracker.config import Settings
from strategy_tracker.jobs import routes as jobs
from strategy_tracker.people import routes as people
from strategy_tracker.plans import routes as plans
from strategy_tracker.plans.comments import routes as comments
from strategy_tracker.plans.evidence import routes as evidence
from strategy_tracker.plans.lineage import routes as lineage
from strategy_tracker.plans.links import routes as links
from strategy_tracker.plans.milestones import routes as milestones
from strategy_tracker.plans.rollup import routes as rollup
from strategy_tracker.plans.timeline import routes as timeline
from strategy_tracker.plans.versions import routes as versions
from strategy_tracker.reports import routes as reports
from strategy_tracker.reports.packs import routes as packs
from strategy_tracker.reviews import routes as reviews
from strategy_tracker.reviews.decisions import routes as decisions
from strategy_tracker.reviews.meetings import material
from strategy_tracker.reviews.meetings import routes as meetings
from strategy_tracker.reviews.quarters import routes as quarters
from strategy_tracker.reviews.reminders import routes as reminders
from strategy_tracker.reviews.returns import routes as quarter_returns
from strategy_tracker.reviews.risks import routes as risk_ties
from strategy_tracker.risks import routes as risks
from strategy_tracker.search import routes as search
from strategy_tracker.successions import routes as successions
from strategy_tracker.transfer import routes as transfer
from strategy_tracker.web import access, addresses, bodies, errors, forms, headers, health, logs, pages, proxy, sessions

ROOT = Path(__file__).parent.parent
LARGEST_FORM = 2 * 1024 * 1024
LARGEST_UPLOAD = 10 * 1024 * 1024


def create_app(settings: Settings) -> Flask:
    """The web application. Raises BadSetting where a setting keeps it from serving."""
    app = Flask("strategy_tracker", template_folder=str(ROOT / "templates"))
    app.config.update(_flask_settings(settings))
    app.extensions["settings"] = settings
    app.session_interface = sessions.DatabaseSessions()
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    database = db.use(settings.database_url)
    logs.configure()
    logs.watch(app)
    _open_and_close(app, database)
    _limit_uploads(app)
    proxy.trust(app, settings)
    addresses.init_app(app)
    bodies.guard(app)
    access.guard(app)
    CSRFProtect(app)
    forms.init_app(app)
    pages.init_app(app)
    headers.guard(app)
    errors.handle(app)
    parts = (
        health,
        accounts,
        people,
        plans,
        comments,
        versions,
        rollup,
        timeline,
        lineage,
        successions,
        milestones,
        links,
        evidence,
        risks,
        reviews,
        risk_ties,
        meetings,
        material,
        decisions,
        quarters,
        quarter_returns,
        reminders,
        calendars,
        search,
        transfer,
        jobs,
        reports,
        packs,
        pages,
    )
    for part in parts:
        app.register_blueprint(part.blueprint)
    access.refuse_undeclared(app)
    return app


def _flask_settings(settings: Settings) -> dict[str, Any]:
    return {
        "SECRET_KEY": settings.signing_key(),
        "TRUSTED_HOSTS": settings.trusted_hosts,
        "MAX_CONTENT_LENGTH": LARGEST_FORM,
        "MAX_FORM_MEMORY_SIZE": LARGEST_FORM,
        "MAX_FORM_PARTS": 1000,
        "SESSION_COOKIE_SECURE": settings.is_secure,
        "WTF_CSRF_TIME_LIMIT": None,
        "SEND_FILE_MAX_AGE_DEFAULT": 3600,
    }


def _open_and_close(app: Flask, database: Any) -> None:
    """A connection for each request; `needs_none` are the answers that must come while the database is away."""
    needs_none = ("static", "health.live")

    @app.before_request
    def connect() -> None:
        if request.endpoint not in needs_none:
            failed = getattr(session, "failed", None)
            if failed is not None:
                raise failed
            database.connect(reuse_if_open=True)

    @app.teardown_request
    def close(_: BaseException | None) -> None:
        if not database.is_closed():
            database.close()


def _limit_uploads(app: Flask) -> None:
    @app.before_request
    def allow_a_file() -> None:
        if request.endpoint in app.config.get("UPLOADS", ()):
            request.max_content_length = LARGEST_UPLOAD + LARGEST_FORM
