"""The server's addresses, and before them the gate's own."""

from core.urls import urlpatterns as _of_the_server
from django.urls import path

from . import said
from .calls import OutboxCall, StatusCall, StoredCall, TasksCall

urlpatterns = [
    path("yuliao/gate/", StatusCall.as_view()),
    path("yuliao/outbox/", OutboxCall.as_view()),
    path("yuliao/tasks/", TasksCall.as_view()),
    path("yuliao/stored/", StoredCall.as_view()),
    path(said.PATH, said.script),
    *_of_the_server,
]
