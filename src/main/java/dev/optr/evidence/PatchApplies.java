package dev.optr.evidence;

import dev.optr.agents.Proposal;
import dev.optr.datalake.Candidate;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The check {@code patch-applies}: the edits gave a tree. A patch that merely does not fit is an
 * invariant violation; one that reaches out of the repository or into {@code .git}, or that was
 * withheld, oversteps what a path may do.
 */
final class PatchApplies implements Examination {
  static final String ID = "patch-applies";
  private static final String NO_TREE = "the edits gave no tree";

  @Override
  public List<Finding> ofPath(Candidate candidate, Proposal proposal, List<Finding> found) {
    return List.of(examine(candidate, proposal));
  }

  @Override
  public List<Finding> ofHead() {
    return List.of();
  }

  private static Finding examine(Candidate candidate, Proposal proposal) {
    if (candidate.tree() != null) {
      return Finding.held(ID, 0);
    }
    return switch (candidate.withheld()) {
      case null -> broken(ID, code(proposal), candidate.problems());
      case NoSecrets.ID -> Finding.notRun(ID, "'" + NoSecrets.ID + "' does not hold");
      case String rule -> broken(rule, WhyNot.Code.AUTHORITY_BOUNDARY_FAIL, candidate.problems());
    };
  }

  private static Finding broken(String id, WhyNot.Code code, List<String> problems) {
    List<WhyNot> whyNot =
        (problems.isEmpty() ? List.of(NO_TREE) : problems)
            .stream().map(problem -> new WhyNot(code, id, problem, "")).toList();
    return Finding.broken(id, whyNot, 0);
  }

  private static WhyNot.Code code(Proposal proposal) {
    return paths(proposal.work()).anyMatch(PatchApplies::isHostile)
        ? WhyNot.Code.AUTHORITY_BOUNDARY_FAIL
        : WhyNot.Code.INVARIANT_VIOLATION;
  }

  private static Stream<String> paths(Proposal.Work work) {
    return switch (work) {
      case Proposal.Work.Edits(List<Edit> edits) -> edits.stream().flatMap(PatchApplies::paths);
      case Proposal.Work.Changes(List<Change> changes) -> changes.stream().map(Change::path);
    };
  }

  private static Stream<String> paths(Edit edit) {
    return edit instanceof Edit.Rename(String path, String to)
        ? Stream.of(path, to)
        : Stream.of(edit.path());
  }

  /** Absolute, upwards, or into git's own directory under any name it may have. */
  private static boolean isHostile(String path) {
    String[] names = FoldedPath.of(path.replace('\\', '/')).split("/", -1);
    return path.startsWith("/")
        || path.chars().anyMatch(Character::isISOControl)
        || Arrays.stream(names)
            .anyMatch(
                name ->
                    name.equals("..")
                        || name.equals(".git")
                        || name.startsWith(".git:")
                        || name.startsWith("git~"));
  }
}
