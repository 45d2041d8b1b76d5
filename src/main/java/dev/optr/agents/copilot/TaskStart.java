package dev.optr.agents.copilot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Prompt;
import dev.optr.agents.WireJson;
import dev.optr.base.Digest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Starts one task, and never a second one: where nobody knows whether a task was started, those of
 * the repository are searched for the mark in its prompt before another is.
 */
final class TaskStart {
  /**
   * The most UTF-16 code units of a prompt. GitHub documents none for tasks; bodies of issues,
   * which tasks are started from as well, take 65,536.
   */
  static final int LONGEST_PROMPT = 60_000;

  private static final Duration SETTLING = Duration.ofSeconds(5);
  private static final Duration CLOCKS_APART = Duration.ofMinutes(5);
  private static final int LOOKS = 2;

  private final TaskRepository github;
  private final GitHubCalls calls;
  private final LaneLog log;
  private final FrozenBranch frozen;
  private final String prompt;
  private final String mark;

  /**
   * @param mark tells this task from all others
   */
  private TaskStart(
      TaskRepository github,
      GitHubCalls calls,
      LaneLog log,
      FrozenBranch frozen,
      String prompt,
      String mark) {
    this.github = github;
    this.calls = calls;
    this.log = log;
    this.frozen = frozen;
    this.prompt = prompt;
    this.mark = mark;
  }

  /**
   * @param frozen the branch to start from
   * @param inputDigest of the question
   * @param laneDigest of the lane's configuration
   */
  static TaskStart of(
      TaskRepository github,
      GitHubCalls calls,
      LaneLog log,
      FrozenBranch frozen,
      Prompt prompt,
      String inputDigest,
      String laneDigest) {
    String seed = inputDigest + " " + laneDigest + " " + log.startedAt();
    String mark = "optr-" + Digest.tagged("optr-task@v1", seed.getBytes(UTF_8)).substring(0, 32);
    String text =
        "%s\n%s\nThe mark %s names this task and means nothing else.\n"
            .formatted(prompt.instructions(), prompt.data(), mark);
    return new TaskStart(github, calls, log, frozen, text, mark);
  }

  /**
   * @param model null = Copilot chooses
   * @param base the branch to start from
   */
  Result<Task> start(@Nullable String model, String base) throws InterruptedException {
    if (prompt.length() > LONGEST_PROMPT) {
      return Result.ended(
          FailureCode.TRUNCATED,
          "the prompt has %d characters, a task takes at most %d; shorten the wish or the constraints"
              .formatted(prompt.length(), LONGEST_PROMPT));
    }
    String body = WireJson.write(new TaskWire.Start(prompt, model, false, base));
    return start(body).then(this::keep);
  }

  private Result<TaskWire.Task> start(String body) throws InterruptedException {
    log.remains("a task with the mark " + mark + " may have been started");
    Result<GitHubCalls.Once> sent = calls.once(github.start(body));
    return sent.then(
        first -> {
          if (isUnclear(first)) {
            return search().then(found -> found.isPresent() ? got(found) : again(body));
          }
          return isAboutTheRequest(first) && isRestored() ? again(body) : answered(first);
        });
  }

  /** No task has the mark, so none was started. */
  private Result<TaskWire.Task> again(String body) throws InterruptedException {
    log.retried();
    Result<GitHubCalls.Once> sent = calls.once(github.start(body));
    return sent.then(
        second ->
            isUnclear(second)
                ? search().then(found -> found.isPresent() ? got(found) : unclear())
                : answered(second));
  }

  private static Result<TaskWire.Task> got(Optional<TaskWire.Task> found) {
    return Result.got(found.orElseThrow());
  }

  /** Looks for the task that may have been started. */
  private Result<Optional<TaskWire.Task>> search() throws InterruptedException {
    Result<Optional<TaskWire.Task>> found = find();
    if (found instanceof Result.Ended<Optional<TaskWire.Task>>) {
      log.usedUnknown();
    }
    return found;
  }

  /** So GitHub answers to a task whose base is not there, among other things. */
  private static boolean isAboutTheRequest(GitHubCalls.Once once) {
    return once instanceof GitHubCalls.Once.Answered(HttpReply reply)
        && (reply.status() == 400 || reply.status() == 404 || reply.status() == 422);
  }

  /**
   * Another run may have deleted the branch meanwhile; one that cannot be had is told as it was.
   */
  private boolean isRestored() throws InterruptedException {
    return frozen.restore() instanceof Result.Got<Boolean>(Boolean made) && made;
  }

  private Result<TaskWire.Task> unclear() {
    log.usedUnknown();
    return Result.ended(
        FailureCode.SERVICE,
        "GitHub gave no whole answer to the start of a task, and lists none with the mark " + mark);
  }

  private static boolean isUnclear(GitHubCalls.Once once) {
    return switch (once) {
      case GitHubCalls.Once.Answered(HttpReply reply) -> reply.status() >= 500 || reply.tooLarge();
      case GitHubCalls.Once.NeverLeft _, GitHubCalls.Once.Cut _ -> true;
    };
  }

  private Result<TaskWire.Task> answered(GitHubCalls.Once once) {
    return switch (once) {
      case GitHubCalls.Once.Answered(HttpReply reply) -> answered(reply);
      case GitHubCalls.Once.NeverLeft _, GitHubCalls.Once.Cut _ -> unclear();
    };
  }

  private Result<TaskWire.Task> answered(HttpReply reply) {
    String doing = "starting a task";
    return switch (reply.status()) {
      case 403, 404 ->
          Result.ended(
              reply.status() == 403 ? FailureCode.AUTH : FailureCode.UNAVAILABLE,
              calls.answered(reply, doing) + "; needed is " + UserToken.WANTED);
      default -> {
        Result<TaskWire.Task> read = calls.read(reply, TaskWire.Task.class, doing);
        if (reply.isSuccess() && read instanceof Result.Ended<TaskWire.Task>) {
          // A task may run all the same, and what it takes nobody will say.
          log.usedUnknown();
        }
        yield read;
      }
    };
  }

  private Result<Task> keep(TaskWire.Task told) {
    Optional<Task> task = Task.of(told);
    if (task.isEmpty()) {
      // A task may run all the same, and what it takes nobody will say.
      log.usedUnknown();
      return calls.unreadable("starting a task");
    }
    log.remains(task.get() + " goes on: GitHub has no way to end it from here");
    return Result.got(task.get());
  }

  /** Looks for the mark among the newest tasks; GitHub may list a new one a moment late. */
  private Result<Optional<TaskWire.Task>> find() throws InterruptedException {
    Result<Optional<TaskWire.Task>> found = Result.got(Optional.empty());
    for (int look = 0; look < LOOKS; look++) {
      calls.pause(SETTLING);
      found = look();
      boolean missed = found instanceof Result.Got<Optional<TaskWire.Task>>(var it) && it.isEmpty();
      if (!missed) {
        return found;
      }
    }
    return found;
  }

  private Result<Optional<TaskWire.Task>> look() throws InterruptedException {
    Instant since = log.startedAt().minus(CLOCKS_APART).truncatedTo(ChronoUnit.SECONDS);
    return calls
        .repeat(github.tasks(since.toString()))
        .then(reply -> calls.read(reply, TaskWire.Tasks.class, "listing tasks"))
        .then(listed -> marked(listed.tasks()));
  }

  /** The list shows no prompts: each task is read. */
  private Result<Optional<TaskWire.Task>> marked(@Nullable List<TaskWire.Task> listed)
      throws InterruptedException {
    for (TaskWire.Task told : listed == null ? List.<TaskWire.Task>of() : listed) {
      Optional<Task> task = Task.of(told);
      if (task.isPresent()) {
        String id = task.get().id();
        Result<TaskWire.Task> read =
            calls
                .repeat(github.task(id, ""))
                .then(reply -> calls.read(reply, TaskWire.Task.class, "reading a task"));
        switch (read) {
          case Result.Ended<TaskWire.Task> ended -> {
            return ended.of();
          }
          case Result.Got<TaskWire.Task>(TaskWire.Task whole) when isMarked(whole) -> {
            return Result.got(Optional.of(whole));
          }
          case Result.Got<TaskWire.Task> _ -> {}
        }
      }
    }
    return Result.got(Optional.empty());
  }

  private boolean isMarked(TaskWire.Task task) {
    return task.sessions() != null
        && task.sessions().stream()
            .anyMatch(session -> session.prompt() != null && session.prompt().contains(mark));
  }
}
