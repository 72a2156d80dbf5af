"""The original's four URLs, written anew after its wire contract, to be measured beside the service.

Flask's own server, a query per request and SQLAlchemy's pool as they come, as in the original. Its scheduler and its log are left out:
they would only make it slower. Debian: python3-flask python3-flask-sqlalchemy python3-psycopg2.
"""
import logging
from os import environ

from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text
from sqlalchemy.engine import URL

DAILY_USAGE = text("""
    SELECT date(created_at) AS day, count(*) AS visits
    FROM tokens
    WHERE used_at IS NOT NULL
    GROUP BY date(created_at)
""")
USER_VISITS = text("""
    SELECT t.user_id, t.visits, users.joined_at
    FROM (SELECT user_id, count(*) AS visits FROM tokens GROUP BY user_id) AS t
    LEFT JOIN users ON t.user_id = users.id
""")

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = URL.create(
    "postgresql", environ["DB_USERNAME"], environ.get("DB_PASSWORD"), environ["DB_HOST"], int(environ["DB_PORT"]), environ["DB_NAME"])
db = SQLAlchemy(app)


@app.get("/health_check")
def health():
    return "ok"


@app.get("/readiness_check")
def readiness():
    try:
        db.session.execute(text("SELECT count(*) FROM tokens")).scalar()
    except Exception:  # Whatever it is, the probe's answer is that.
        return "failed", 500
    return "ok"


@app.get("/api/reports/daily_usage")
def daily_usage():
    return jsonify({str(day): visits for day, visits in db.session.execute(DAILY_USAGE)})


@app.get("/api/reports/user_visits")
def user_visits():
    return jsonify({user: {"visits": visits, "joined_at": str(joined)} for user, visits, joined in db.session.execute(USER_VISITS)})


if __name__ == "__main__":
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app.run(host=environ["APP_HOST"], port=int(environ["APP_PORT"]))
