package dev.optr.agents.copilot;

import static dev.optr.agents.copilot.CopilotFixture.state;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Answer;
import dev.optr.agents.AnswerStore;
import dev.optr.agents.FailureCode;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneLog;
import dev.optr.agents.Lanes;
import dev.optr.agents.Step;
import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.testing.VendorTraffic;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lane that is cut short leaves its task, says so, and takes its own branch away. */
@Timeout(60)
final class CopilotInterruptionTest {
  @TempDir Path directory;

  private final CountDownLatch waiting = new CountDownLatch(1);

  private CopilotFixture site;

  private VendorTraffic traffic;

  @BeforeEach
  void open() {
    site = new CopilotFixture(directory, Map.of("a.txt", "one\n"));
    traffic = VendorTraffic.of(site.github.server());
    site.github.otherwise(state("in_progress"));
  }

  @AfterEach
  void everyRequestWasOneThatGitHubTakes() {
    try {
      traffic.assertValid();
    } finally {
      site.close();
    }
  }

  @Test
  void namesTheTaskThatGoesOnWhenTheLanesTimeIsOver() throws Exception {
    Duration timeout = Duration.ofSeconds(2);
    Answer.Failed failed = (Answer.Failed) only(lanes(timeout));

    assertThat(failed.code()).isEqualTo(FailureCode.TIMEOUT);
    assertThat(failed.message())
        .endsWith(
            "; task 0f6c1f6e-1111-4222-8333-444455556666 (https://github.com/octo/app/copilot/tasks/"
                + "0f6c1f6e-1111-4222-8333-444455556666) goes on: GitHub has no way to end it from"
                + " here");
    assertThat(failed.exchange().usage().usd()).isNull();
    assertThat(failed.exchange().transcript())
        .extracting(line -> String.valueOf(line.text("role")))
        .startsWith("prompt", "request", "request", "task");
    leftTheTaskAndTookItsBranchAway();
  }

  @Test
  void takesItsBranchAwayWhenTheRunIsCancelled() throws Exception {
    CopilotCloudAgent agent = agent(Duration.ofMinutes(5));
    FutureTask<Answer> asking = new FutureTask<>(() -> agent.ask(site.question(), site.log));
    Thread asked = Thread.ofVirtual().start(asking);
    waiting.await();

    asked.interrupt();

    assertThatThrownBy(asking::get).hasCauseInstanceOf(InterruptedException.class);
    assertThat(site.log.exchange().usage().usd()).isNull();
    leftTheTaskAndTookItsBranchAway();
  }

  @Test
  void keepsTheBranchThatAnotherLaneStartsFrom() throws Exception {
    FrozenBranches branches = new FrozenBranches();
    branches.enter("octo/app optr/frozen/" + site.frozen.substring(0, 12));
    site.github.otherwise(state("cancelled"));

    site.agent(CopilotFixture.TOKEN, site.clock, Duration.ofMinutes(5), branches)
        .ask(site.question(), site.log);

    assertThat(site.github.lines()).noneMatch(line -> line.startsWith("DELETE"));
  }

  @Test
  void takesItsBranchAwayWhenTheLaneBreaks() {
    LaneLog broken =
        new LaneLog(
            "m",
            site.clock,
            _ -> {
              throw new IllegalStateException("nobody listens");
            });
    CopilotCloudAgent agent =
        site.agent(CopilotFixture.TOKEN, site.clock, Duration.ofMinutes(5), new FrozenBranches());

    assertThatThrownBy(() -> agent.ask(site.question(), broken))
        .isInstanceOf(IllegalStateException.class);
    leftTheTaskAndTookItsBranchAway();
  }

  private void leftTheTaskAndTookItsBranchAway() {
    assertThat(site.github.lines())
        .endsWith(
            "DELETE /repos/octo/app/git/refs/heads/optr/frozen/" + site.frozen.substring(0, 12));
    assertThat(site.github.starts()).hasSize(1);
    assertThat(site.github.unexpected()).isEmpty();
  }

  private CopilotCloudAgent agent(Duration timeout) {
    return site.agent(CopilotFixture.TOKEN, this::sleep, timeout, new FrozenBranches());
  }

  private Lanes lanes(Duration timeout) {
    return new Lanes(
        List.of(new Lane(site.spec(timeout), agent(timeout))),
        Workflow.Execution.SERIAL,
        new Workflow.Serial(
            Workflow.Serial.Stop.ALL, Workflow.Serial.Order.CONFIGURED, Workflow.Serial.Share.NONE),
        new AnswerStore(
            directory.resolve("state"), new Disk(Checkpoint.NONE), new Redactor(List.of())),
        (_, _) -> {},
        site.clock,
        new Redactor(List.of()));
  }

  private Answer only(Lanes lanes) throws InterruptedException {
    Step<Answer> keeping =
        new Step<>() {
          @Override
          public Answer examine(AgentSpec lane, Answer answer) {
            return answer;
          }

          @Override
          public boolean admissible(Answer answer) {
            return false;
          }
        };
    return lanes.run(site.question(), keeping).getFirst();
  }

  /** Waits for ever once the task was looked at. */
  private void sleep(Duration duration) throws InterruptedException {
    boolean looked = site.github.lines().stream().anyMatch(line -> line.startsWith("GET /agents/"));
    if (looked && duration.isPositive()) {
      waiting.countDown();
      new CountDownLatch(1).await();
    }
  }
}
