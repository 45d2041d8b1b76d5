package dev.optr.agents.recorded;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.Exchange;
import dev.optr.agents.Judgement;
import dev.optr.agents.Judging;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.agents.ReviewQuestion;
import dev.optr.agents.ReviewQuestion.Order;
import dev.optr.agents.Submission;
import dev.optr.agents.Verdict;
import dev.optr.base.Bytes;
import dev.optr.base.Json;
import dev.optr.base.UserException;
import dev.optr.workflow.AgentSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A lane that answers what its recording says, after the delay that it names. */
public final class RecordedAgent implements Agent {
  private final Recording recording;
  private final @Nullable String model;
  private final Retries.Sleeper sleeper;
  private final InstantSource clock;

  private RecordedAgent(
      Recording recording, @Nullable String model, Retries.Sleeper sleeper, InstantSource clock) {
    this.recording = recording;
    this.model = model;
    this.sleeper = sleeper;
    this.clock = clock;
  }

  /**
   * Reads the lane's recording.
   *
   * @param place how messages name the recording
   * @throws UserException with everything that is wrong with the recording
   */
  public static RecordedAgent of(
      AgentSpec spec, String place, Bytes source, Retries.Sleeper sleeper, InstantSource clock) {
    return new RecordedAgent(RecordingFile.read(place, source), spec.model(), sleeper, clock);
  }

  @Override
  public Answer ask(Question question, LaneLog log) throws InterruptedException {
    Instant startedAt = log.startedAt();
    if (!recording.delay().isZero()) {
      sleeper.sleep(recording.delay());
    }
    long durationMs = Math.max(0, Duration.between(startedAt, clock.instant()).toMillis());
    Exchange exchange =
        new Exchange(
            model,
            recording.usage(),
            List.of(),
            startedAt,
            durationMs,
            false,
            List.of(
                Json.object()
                    .put("role", "recording")
                    .put("tool", recording.outcome().tool())
                    .build()));
    return switch (recording.outcome()) {
      case Recording.Call call -> Submission.call(call.tool(), call.arguments(), exchange);
      case Recording.Fail fail -> new Answer.Failed(fail.code(), fail.message(), exchange);
    };
  }

  @Override
  public Judging judging() {
    return recording.verdicts().isEmpty()
        ? new Judging.Unable("its recording has no verdicts")
        : new Judging.Able(this::judge);
  }

  /**
   * The same verdicts in both orders. Of several on one constraint the first counts whose quote
   * stands in the change; a constraint without one is unknown.
   */
  private Judgement judge(ReviewQuestion question, Order order, LaneLog log) {
    List<Verdict> verdicts =
        question.criteria().stream().map(criterion -> verdict(criterion.id(), question)).toList();
    boolean partial = question.files().stream().anyMatch(file -> file.text() == null);
    return new Judgement.Given(verdicts, partial, log.exchange());
  }

  private Verdict verdict(String constraint, ReviewQuestion question) {
    List<Verdict> given =
        recording.verdicts().stream()
            .filter(verdict -> verdict.constraint().equals(constraint))
            .toList();
    if (given.size() == 1) {
      return given.getFirst();
    }
    return given.stream()
        .filter(verdict -> question.files().stream().anyMatch(file -> shows(file, verdict)))
        .findFirst()
        .orElseGet(() -> new Verdict(constraint, null, ""));
  }

  private static boolean shows(ReviewQuestion.ShownFile file, Verdict verdict) {
    return file.text() != null && file.text().contains(verdict.quote());
  }
}
