package dev.optr.agents.copilot;

import dev.optr.agents.Answer;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.Retries;
import dev.optr.agents.TestClock;
import dev.optr.base.Checkpoint;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.workflow.AgentType;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * Asks a cloud agent in a process of its own, whose environment says how hosts are reached: Java
 * reads once and for all how it logs in to a proxy.
 */
final class AskingProgram {
  private AskingProgram() {}

  /**
   * @param arguments the clone, the frozen commit, the base of the API, and that of the server
   */
  public static void main(String[] arguments) throws InterruptedException {
    Path clone = Path.of(arguments[0]);
    TestClock clock = new TestClock();
    try (GitRepository repository = GitRepository.open(clone, Checkpoint.NONE);
        TreeStore trees = TreeStore.open(repository, clone.resolveSibling("tmp"))) {
      CopilotCloudAgent agent =
          new CopilotCloudAgent(
              LaneSamples.spec("copilot", AgentType.GITHUB_COPILOT, Duration.ofMinutes(30)),
              Optional.of(arguments[2]),
              GitHubRepository.of(URI.create(arguments[3]), FakeCopilot.REPOSITORY).orElseThrow(),
              Secret.of(CopilotFixture.TOKEN),
              "input 'copilot-token'",
              Network.of(System.getenv(), clone.resolveSibling("tmp")),
              "1.2.3",
              new Retries(new Random(7), clock, clock, Checkpoint.NONE),
              clock,
              new FrozenBranches());
      Answer answer =
          agent.ask(
              LaneSamples.question(
                  "Make login survive", repository.frozenTree(arguments[1]), trees),
              LaneSamples.log(clock));
      String said = answer instanceof Answer.Failed failed ? ": " + failed.message() : "";
      System.out.println(answer.outcome() + said);
    }
  }
}
