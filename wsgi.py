"""The entry point of web servers: `gunicorn wsgi:app`."""

from evaluator import create_app

app = create_app()
