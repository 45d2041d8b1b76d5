package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneEvent;
import dev.optr.agents.LaneLog;
import dev.optr.agents.TokenUse;
import dev.optr.agents.WellFormed;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Looks at a task until it has ended, one way or another. */
final class TaskWatch {
  private static final Duration FIRST = Duration.ofSeconds(2);
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Set<String> STATES =
      Set.of(
          "queued",
          "in_progress",
          "completed",
          "failed",
          "idle",
          "waiting_for_user",
          "timed_out",
          "cancelled");

  private final TaskRepository github;
  private final GitHubCalls calls;
  private final LaneLog log;
  private final InstantSource clock;
  private final Task task;

  TaskWatch(TaskRepository github, GitHubCalls calls, LaneLog log, InstantSource clock, Task task) {
    this.github = github;
    this.calls = calls;
    this.log = log;
    this.clock = clock;
    this.task = task;
  }

  /** The task once it has done what there is to do. */
  Result<TaskWire.Task> end() throws InterruptedException {
    Duration wait = FIRST;
    String etag = "";
    String last = "";
    while (true) {
      calls.pause(wait);
      wait = longer(wait);
      String seen = etag;
      String known = last;
      Result<HttpReply> looked =
          calls.look(github.task(task.id(), seen), reply -> isNews(reply, known));
      if (!(looked instanceof Result.Got<HttpReply>(HttpReply reply))) {
        return givenUp(looked);
      }
      if (reply.status() == 304) {
        continue;
      }
      Result<TaskWire.Task> read = calls.read(reply, TaskWire.Task.class, "reading " + task);
      if (!(read instanceof Result.Got<TaskWire.Task>(TaskWire.Task told))) {
        return givenUp(read);
      }
      etag = reply.header("etag").filter(TaskWatch::isSendable).orElse("");
      String state = state(told);
      if (!state.equals(last)) {
        changed(state);
        last = state;
      }
      Optional<Result<TaskWire.Task>> end = end(state, told, reply);
      if (end.isPresent()) {
        return end.get();
      }
    }
  }

  private static boolean isNews(HttpReply reply, String known) {
    if (reply.status() == 304) {
      return false;
    }
    String state = reply.json().map(body -> body.text("state")).orElse(null);
    return !reply.isSuccess() || !known.equals(state);
  }

  /** The task can no longer be seen, and goes on all the same. */
  private Result<TaskWire.Task> givenUp(Result<?> end) throws InterruptedException {
    log.usedUnknown();
    return end.then(_ -> calls.<TaskWire.Task>unreadable("reading " + task))
            instanceof Result.Ended<TaskWire.Task>(FailureCode code, String message)
        ? Result.ended(code, message + "; " + task + " goes on")
        : calls.unreadable("reading " + task);
  }

  /** Empty where the task goes on, which it also does in a state that is not known here. */
  private Optional<Result<TaskWire.Task>> end(String state, TaskWire.Task told, HttpReply reply) {
    Optional<Result<TaskWire.Task>> end =
        switch (state) {
          // An idle task has done what it was told and would take more.
          case "completed", "idle" -> Optional.of(Result.got(told));
          case "failed" -> Optional.of(ended(FailureCode.SERVICE, "has failed" + errors(told)));
          case "waiting_for_user" ->
              Optional.of(
                  ended(FailureCode.REFUSED, "waits for a person's answer, which nobody gives"));
          case "timed_out" ->
              Optional.of(ended(FailureCode.TIMEOUT, "ran into Copilot's own time limit"));
          case "cancelled" -> Optional.of(ended(FailureCode.CANCELLED, "was cancelled at GitHub"));
          default -> Optional.empty();
        };
    end.ifPresent(_ -> settle(told, reply));
    return end;
  }

  private Result<TaskWire.Task> ended(FailureCode code, String how) {
    return Result.ended(code, task + " " + how);
  }

  private String errors(TaskWire.Task told) {
    return sessions(told)
        .map(TaskWire.Session::error)
        .filter(Objects::nonNull)
        .map(TaskWire.Problem::message)
        .filter(Objects::nonNull)
        .reduce((_, later) -> later)
        .map(words -> ": " + calls.quoted(words))
        .orElse("");
  }

  private void changed(String state) {
    log.line(
        Json.object()
            .put("role", "task")
            .put("id", task.id())
            .put("state", state)
            .put("at", clock.instant().toString())
            .build());
    log.tell(new LaneEvent.Waiting("task " + state.replace('_', ' ')));
  }

  /** What it took, and all that GitHub says of it. */
  private void settle(TaskWire.Task told, HttpReply reply) {
    log.remains(null);
    log.used(TokenUse.UNKNOWN, Credits.usd(told.sessions()));
    sessions(told)
        .map(TaskWire.Session::model)
        .filter(model -> model != null && model.matches("[A-Za-z0-9._:/@+-]{1,200}"))
        .forEach(log::model);
    Optional<JsonObject> whole = reply.json().map(WellFormed::object);
    log.line(
        Json.object()
            .put("role", "task")
            .put("id", task.id())
            .put("page", task.page())
            .put("response", whole.isPresent() ? whole.get() : Json.NULL)
            .build());
  }

  private static Stream<TaskWire.Session> sessions(TaskWire.Task told) {
    @Nullable List<TaskWire.Session> sessions = told.sessions();
    return sessions == null ? Stream.empty() : sessions.stream();
  }

  private static String state(TaskWire.Task told) {
    String state = told.state();
    return state != null && STATES.contains(state) ? state : "in a state that is not known";
  }

  private static boolean isSendable(String etag) {
    return etag.length() <= 200 && etag.chars().allMatch(c -> 0x21 <= c && c <= 0x7e);
  }

  private static Duration longer(Duration wait) {
    Duration half = wait.plus(wait.dividedBy(2));
    return half.compareTo(LONGEST) < 0 ? half : LONGEST;
  }
}
