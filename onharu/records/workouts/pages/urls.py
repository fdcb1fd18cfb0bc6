"""Addresses of the 운동 pages."""

from __future__ import annotations

from django.urls import path

from onharu.records.workouts.pages import day, finding, logs, looking, planning, tasks

urlpatterns = [
    path("workouts/", day.workouts, name="workouts"),
    path("workouts/part/", day.part, name="workouts-part"),
    path("workouts/plan/", day.make, name="workouts-make"),
    path("workouts/plan/<int:pk>/delete/", planning.delete, name="plan-delete"),
    path("workouts/plan/<int:pk>/restore/", planning.restore, name="plan-restore"),
    path("workouts/plan/<int:pk>/anyway/", planning.anyway, name="plan-anyway"),
    path("workouts/profile/", planning.profile, name="movement"),
    path("workouts/copy/", planning.copy, name="workouts-copy"),
    path("workouts/copy/undo/", planning.copy_undo, name="workouts-copy-undo"),
    path("workouts/find/", finding.find, name="workouts-find"),
    path("workouts/tasks/add/", finding.add_task, name="task-add"),
    path("workouts/tasks/<int:pk>/done/", tasks.done, name="task-done"),
    path("workouts/tasks/<int:pk>/sets/<int:order>/", tasks.mark, name="set-mark"),
    path("workouts/tasks/<int:pk>/sets/<int:order>/remove/", tasks.unmark, name="set-unmark"),
    path("workouts/tasks/<int:pk>/skip/", tasks.skip, name="task-skip"),
    path("workouts/tasks/<int:pk>/swap/", finding.swap, name="task-swap"),
    path("workouts/tasks/<int:pk>/order/", tasks.order, name="task-order"),
    path("workouts/tasks/<int:pk>/delete/", tasks.delete, name="task-delete"),
    path("workouts/tasks/<int:pk>/restore/", tasks.restore, name="task-restore"),
    path("workouts/log/", logs.log, name="workout-log"),
    path("workouts/log/new/", logs.new, name="workout-log-new"),
    path("workouts/logs/<int:pk>/", logs.one, name="workout"),
    path("workouts/logs/<int:pk>/delete/", logs.delete, name="workout-delete"),
    path("workouts/logs/<int:pk>/restore/", logs.restore, name="workout-restore"),
    path("workouts/history/", looking.history, name="workouts-history"),
    path("workouts/records/", looking.records, name="workouts-records"),
]
