package dev.optr.agents.command;

import dev.optr.agents.Agent;
import dev.optr.agents.FailureCode;
import dev.optr.agents.LaneSamples;
import dev.optr.agents.ProgramLane;
import dev.optr.agents.ProgramLaneContract;
import dev.optr.agents.Stage;
import dev.optr.base.Secret;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program that nobody knows: all that it can tell of a failure is its exit code and its words.
 */
class CommandLaneTest implements ProgramLaneContract {
  private final Stage stage = new Stage();
  @TempDir Path directory;
  private ProgramLane lane;

  @BeforeEach
  void opens() {
    lane = in(directory);
  }

  /** Where its programs run. */
  ProgramLane in(Path place) {
    return new ProgramLane(place);
  }

  @Override
  public Stage stage() {
    return stage;
  }

  @Override
  public ProgramLane lane() {
    return lane;
  }

  @Override
  public Agent running(String script, Duration timeout) {
    return running(script, timeout, Workflow.Budget.NONE);
  }

  private Agent running(String script, Duration timeout, Workflow.Budget budget) {
    lane.script("agent", script);
    AgentSpec spec =
        ProgramLane.spec(AgentType.COMMAND, List.of("agent"), "MY_TOKEN", null, budget);
    return new CommandAgent(
        LaneSamples.within(spec, timeout),
        Optional.of(Secret.of(ProgramLane.KEY)),
        lane.programs());
  }

  @Override
  public Agent proposing() {
    return running("echo reading...; echo two > a.txt; echo did it");
  }

  /** Its turns are its own. */
  @Override
  public int turnsTold() {
    return 0;
  }

  @Override
  public Agent declining() {
    return running(calling("decline", REASON));
  }

  @Override
  public Failing talkingNonsense() {
    return new Failing(running(calling("dance", "x")), FailureCode.SCHEMA, "'dance'");
  }

  @Override
  public Failing rejected() {
    return complaining();
  }

  @Override
  public Failing withoutMoney() {
    return complaining();
  }

  @Override
  public Failing complaining() {
    return new Failing(
        running("echo \"no such luck: $MY_TOKEN\" >&2; exit 1"),
        FailureCode.SERVICE,
        "'agent' exited with 1: 'no such luck: ***'");
  }

  /** Nobody could count its tokens, so it is not even started. */
  @Override
  public Failing overspending() {
    return new Failing(
        running("echo two > a.txt", Duration.ofMinutes(5), new Workflow.Budget(null, 1000L)),
        FailureCode.UNAVAILABLE,
        "'budget.tokens'");
  }

  @Override
  public String calling(String tool, String words) {
    return "cat <<'END'\n" + ProgramLane.call(tool, words) + "\nEND\n";
  }
}
