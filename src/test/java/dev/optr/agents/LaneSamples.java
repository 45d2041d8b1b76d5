package dev.optr.agents;

import dev.optr.base.Json;
import dev.optr.git.Edit;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.intent.Intent;
import dev.optr.intent.IntentSource;
import dev.optr.testing.TempRepo;
import dev.optr.workflow.AgentSpec;
import dev.optr.workflow.AgentType;
import dev.optr.workflow.Constraint;
import dev.optr.workflow.Invariant;
import dev.optr.workflow.Workflow;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Lanes and questions for tests. */
public final class LaneSamples {
  public static final String INPUT_DIGEST = "1f".repeat(32);

  private LaneSamples() {}

  /** A lane with everything else at its default. */
  public static AgentSpec spec(String name, AgentType type, Duration timeout) {
    return spec(name, type, timeout, null, null, Workflow.Budget.NONE, List.of(), null);
  }

  /** A lane of a provider at an endpoint. */
  public static AgentSpec spec(AgentType type, @Nullable String endpoint, Duration timeout) {
    return spec("lane", type, timeout, null, endpoint, Workflow.Budget.NONE, List.of(), null);
  }

  /** A lane with what tests vary. */
  public static AgentSpec spec(
      String name,
      AgentType type,
      Duration timeout,
      @Nullable String model,
      @Nullable String endpoint,
      Workflow.Budget budget,
      List<String> exclude,
      @Nullable String file) {
    return new AgentSpec(
        name,
        type,
        model,
        endpoint,
        null,
        null,
        AgentSpec.Role.PROPOSE,
        null,
        null,
        Map.of(),
        false,
        timeout,
        30,
        budget,
        exclude,
        file,
        List.of(),
        "ab".repeat(32));
  }

  /** The lane with other bounds. */
  public static AgentSpec bounded(AgentSpec lane, int turns, Workflow.Budget budget) {
    return copy(lane, lane.oidc(), lane.timeout(), turns, budget);
  }

  /** The lane with another timeout. */
  public static AgentSpec within(AgentSpec lane, Duration timeout) {
    return copy(lane, lane.oidc(), timeout, lane.turns(), lane.budget());
  }

  /** The lane without a key. */
  public static AgentSpec keyless(AgentSpec lane, Map<String, String> oidc) {
    return copy(lane, oidc, lane.timeout(), lane.turns(), lane.budget());
  }

  private static AgentSpec copy(
      AgentSpec lane,
      Map<String, String> oidc,
      Duration timeout,
      int turns,
      Workflow.Budget budget) {
    return new AgentSpec(
        lane.name(),
        lane.type(),
        lane.model(),
        lane.endpoint(),
        lane.credential(),
        lane.backend(),
        lane.role(),
        lane.organization(),
        lane.project(),
        oidc,
        lane.deleteBranch(),
        timeout,
        turns,
        budget,
        lane.exclude(),
        lane.file(),
        lane.command(),
        lane.digest());
  }

  /** A question about a repository of two text files. */
  public static Question question(Path directory) {
    return question(
        directory, "Make login survive", Map.of("a.txt", "one\n", "src/B.java", "class B {}\n"));
  }

  /** A question about a repository with these files of text. */
  public static Question question(Path directory, String wish, Map<String, String> files) {
    try (TempRepo repo = TempRepo.create(directory)) {
      FrozenTree tree = tree(repo, repo.commit("first", files));
      return question(wish, tree, TreeStore.open(repo.repository(), directory));
    }
  }

  /** A question about a tree. */
  public static Question question(String wish, FrozenTree tree, TreeStore trees) {
    return new Question(intent(wish, tree), tree, trees, List.of());
  }

  /** A record of a lane whose progress nobody hears. */
  public static LaneLog log() {
    return log(() -> Instant.EPOCH);
  }

  /** The same, with a clock. */
  public static LaneLog log(InstantSource clock) {
    return new LaneLog(null, clock, _ -> {});
  }

  /** What a proposal of edits holds. */
  public static List<Edit> edits(Proposal proposal) {
    return ((Proposal.Work.Edits) proposal.work()).edits();
  }

  /** What a commit holds; the repository stays open as long as the tree is read. */
  public static FrozenTree tree(TempRepo repo, String commit) {
    GitRepository repository = repo.repository();
    return repository.frozenTree(commit);
  }

  /** A wish about a tree, with one constraint of each kind and one invariant. */
  public static Intent intent(String wish, FrozenTree tree) {
    return new Intent(
        wish,
        new IntentSource.Argument(),
        new Intent.Stripped(0, 0, 0, 0),
        List.of(
            new Constraint.Prose("c1", "Keep the public API as it is", false),
            new Constraint.Rule("small", "candidate.changedLines <= 400", false)),
        List.of(
            new Invariant(
                "tests",
                "mvn -q verify",
                Duration.ofMinutes(10),
                Invariant.Must.HOLD,
                null,
                0,
                List.of(),
                List.of(),
                List.of())),
        tree.commit(),
        tree.tree(),
        null,
        "2e".repeat(32),
        INPUT_DIGEST,
        Json.object().build());
  }
}
