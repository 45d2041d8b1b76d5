package dev.optr.agents.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.optr.agents.Agent;
import dev.optr.agents.Answer;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneLog;
import dev.optr.agents.LanePrograms;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.ProgramLane;
import dev.optr.agents.ProgramPolicy;
import dev.optr.agents.Question;
import dev.optr.base.UserException;
import dev.optr.isolation.Isolation;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program lacks is known before it is started, where it can be. */
final class CommandAvailabilityTest {
  @TempDir Path directory;
  private final LaneLog log = LaneSamples.log();
  private ProgramLane lane;
  private Question question;

  @BeforeEach
  void asks() {
    lane = new ProgramLane(directory);
    question = lane.question();
  }

  @AfterEach
  void nothingIsLeft() {
    question.trees().close();
    assertThat(directory.resolve("homes"))
        .satisfiesAnyOf(
            homes -> assertThat(homes).doesNotExist(),
            homes -> assertThat(homes).isEmptyDirectory());
  }

  @Test
  void knowsBeforeAskingThatThereIsNoSuchProgram() throws InterruptedException {
    Agent agent = agent(List.of("no-such-agent", "x"), ProgramLane.UNCONFINED);
    assertThat(agent.unavailable())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("no program 'no-such-agent'", "'run'"));
    assertFailed(agent.ask(question, log), FailureCode.UNAVAILABLE, "'no-such-agent'");
    assertThat(agent(List.of("/no/such/agent"), ProgramLane.UNCONFINED).unavailable()).isPresent();
    assertThat(agent(List.of("/bin/sh"), ProgramLane.UNCONFINED).unavailable()).isEmpty();
  }

  @Test
  void findsOutThatAProgramOfTheWorkingCopyIsMissing() throws InterruptedException {
    Agent agent = agent(List.of("./tools/agent"), ProgramLane.UNCONFINED);
    assertThat(agent.unavailable()).isEmpty();
    assertFailed(agent.ask(question, log), FailureCode.UNAVAILABLE, "could not be started");
  }

  @Test
  void needsTheCredentialThatItNames() {
    Agent agent =
        new CommandAgent(
            ProgramLane.spec(
                AgentType.COMMAND, List.of("sh"), "MY_TOKEN", null, Workflow.Budget.NONE),
            Optional.empty(),
            lane.programs());
    assertThat(agent.unavailable()).contains("no credential; set the variable 'MY_TOKEN'");
  }

  @Test
  void needsAMachineThatCanOpenItsHost() {
    LanePrograms closed =
        lane.programs(new ProgramPolicy.Confined(Isolation.none("a kernel without seccomp")));
    AgentSpec spec = ProgramLane.at("https://models.example/v1", List.of("sh"));
    assertThat(new CommandAgent(spec, Optional.empty(), closed).unavailable())
        .hasValueSatisfying(
            reason -> assertThat(reason).contains("models.example", "'isolation: off'"));
    AgentSpec without = ProgramLane.at(null, List.of("sh"));
    assertThat(new CommandAgent(without, Optional.empty(), closed).unavailable()).isEmpty();
  }

  @Test
  void refusesAnEndpointThatIsNoUrl() {
    AgentSpec spec = ProgramLane.at("https://under_score/v1", List.of("sh"));
    assertThatThrownBy(() -> new CommandAgent(spec, Optional.empty(), lane.programs()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("under_score");
  }

  @Test
  void startsNothingWhereThePolicyRefuses() throws InterruptedException {
    lane.script("agent", "touch " + directory.resolve("started"));
    Agent agent = agent(List.of("agent"), ProgramPolicy.inActions());
    assertThat(agent.unavailable()).isPresent();
    assertFailed(agent.ask(question, log), FailureCode.UNAVAILABLE, "in Actions");
    assertThat(directory.resolve("started")).doesNotExist();
  }

  private Agent agent(List<String> command, ProgramPolicy policy) {
    return new CommandAgent(
        ProgramLane.spec(AgentType.COMMAND, command, null, null, Workflow.Budget.NONE),
        Optional.empty(),
        lane.programs(policy));
  }

  private static void assertFailed(Answer answer, FailureCode code, String message) {
    assertThat(answer)
        .isInstanceOfSatisfying(
            Answer.Failed.class,
            failed -> {
              assertThat(failed.code()).isEqualTo(code);
              assertThat(failed.message()).contains(message);
            });
  }
}
