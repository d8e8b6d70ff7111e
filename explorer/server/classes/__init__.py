"""Classes over HTTP: two small pages, what the teacher does, what phones answer, and a stream that tells all."""

from starlette.routing import Route

from explorer.server.classes.pages import page
from explorer.server.classes.requests import answer, begin, download, exists, hand_in, reviews, steer, stream

ROUTES = [
    Route("/class", page, methods=["GET"]),
    Route("/class", begin, methods=["POST"]),
    Route("/class/{code}", exists, methods=["GET"]),
    Route("/class/{code}", steer, methods=["POST"]),
    Route("/class/{code}/events", stream, methods=["GET"]),
    Route("/class/{code}/answers", answer, methods=["POST"]),
    Route("/class/{code}/answers", download, methods=["GET"]),
    Route("/class/{code}/reviews", hand_in, methods=["POST"]),
    Route("/class/{code}/reviews", reviews, methods=["GET"]),
    Route("/join", page, methods=["GET"]),
    Route("/join/{code}", page, methods=["GET"]),
]
