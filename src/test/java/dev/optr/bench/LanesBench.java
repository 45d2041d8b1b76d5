package dev.optr.bench;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.AnswerStore;
import dev.optr.agents.Lane;
import dev.optr.agents.LaneListener;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Lanes;
import dev.optr.agents.Models;
import dev.optr.agents.Prices;
import dev.optr.agents.ProviderHttp;
import dev.optr.agents.Question;
import dev.optr.agents.Retries;
import dev.optr.agents.RunBudget;
import dev.optr.agents.Step;
import dev.optr.agents.ToolLoops;
import dev.optr.agents.openai.OpenAi;
import dev.optr.base.Bytes;
import dev.optr.base.Checkpoint;
import dev.optr.base.Disk;
import dev.optr.base.JsonException;
import dev.optr.base.Network;
import dev.optr.base.Redactor;
import dev.optr.base.Secret;
import dev.optr.demo.RecordedConversation;
import dev.optr.demo.Stage;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Times parallel lanes through a real adapter: n lanes shall cost the time of the slowest. */
public final class LanesBench {
  private static final int RUNS = 5;

  private final Path directory;
  private final String endpoint;
  private final Question question;

  private LanesBench(Path directory, String endpoint) {
    this.directory = directory;
    this.endpoint = endpoint;
    this.question = LaneSamples.question(directory.resolve("repository"));
  }

  /** Takes the milliseconds of a turn; 2,000 where they are left out. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, JsonException {
    int thinkingMs = arguments.length == 0 ? 2_000 : Integer.parseInt(arguments[0]);
    Path directory = Files.createTempDirectory("lanes-bench");
    try (Stage stage = Stage.open()) {
      String conversation =
          """
          {"model": "played", "thinkingMs": %d, "turns": [{"calls": [
            {"tool": "decline", "arguments": {"reason": "nothing to do"}}],
            "input": 1000, "cached": 0, "output": 10, "reasoning": 0}]}
          """
              .formatted(thinkingMs);
      String endpoint = stage.playOpenAi(RecordedConversation.read(Bytes.utf8(conversation)));
      LanesBench bench = new LanesBench(directory, endpoint);
      System.out.println("lanes  slowest lane (ms)  wall (ms)  wall / slowest; medians of " + RUNS);
      bench.measure(4);
      bench.measure(64);
    } finally {
      ToolboxBench.remove(directory);
    }
  }

  private void measure(int count) throws InterruptedException {
    List<double[]> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      long started = System.nanoTime();
      List<Answer> answers = lanes(count, run).run(question, new Examination());
      double wall = (System.nanoTime() - started) / 1e6;
      double slowest =
          answers.stream().mapToLong(it -> it.exchange().durationMs()).max().orElseThrow();
      if (answers.stream().anyMatch(answer -> !(answer instanceof Answer.Declined))) {
        throw new IllegalStateException("a lane did not decline: " + answers);
      }
      runs.add(new double[] {slowest, wall});
    }
    double slowest = median(runs, 0);
    double wall = median(runs, 1);
    System.out.printf(
        Locale.ROOT, "%5d  %17.0f  %9.0f  %.3f%n", count, slowest, wall, wall / slowest);
  }

  private static double median(List<double[]> runs, int column) {
    return runs.stream().mapToDouble(run -> run[column]).sorted().toArray()[RUNS / 2];
  }

  private Lanes lanes(int count, int run) {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      AgentSpec spec =
          LaneSamples.spec(
              "lane" + i,
              AgentType.OPENAI_CODEX,
              Duration.ofMinutes(1),
              null,
              endpoint,
              Workflow.Budget.NONE,
              List.of(),
              null);
      lanes.add(new Lane(spec, agent(spec)));
    }
    return new Lanes(
        lanes,
        Workflow.Execution.PARALLEL,
        new Workflow.Serial(
            Workflow.Serial.Stop.ALL, Workflow.Serial.Order.CONFIGURED, Workflow.Serial.Share.NONE),
        new AnswerStore(
            directory.resolve(count + "-" + run),
            new Disk(Checkpoint.NONE),
            new Redactor(List.of())),
        LaneListener.NONE,
        Clock.systemUTC(),
        new Redactor(List.of()));
  }

  private static Agent agent(AgentSpec spec) {
    Retries retries =
        new Retries(
            RandomGenerator.getDefault(), Thread::sleep, Clock.systemUTC(), Checkpoint.NONE);
    Secret key = Secret.of("played-key");
    return new ToolLoops(
            Models.shipped(), Prices.shipped(), new RunBudget(Workflow.Budget.NONE), retries)
        .over(
            spec,
            new OpenAi(spec, Optional.empty(), key, new ProviderHttp(Network.direct(), "bench")),
            new Redactor(List.of(key)));
  }

  /** Takes each answer as it is. */
  private static final class Examination implements Step<Answer> {
    @Override
    public Answer examine(AgentSpec lane, Answer answer) {
      return answer;
    }

    @Override
    public boolean admissible(Answer answer) {
      return false;
    }
  }
}
