package dev.optr.bundle;

import dev.optr.evidence.Row;
import dev.optr.intent.Intent;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Tool;
import dev.optr.record.Proposals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle is of: {@code bundle.json}.
 *
 * @param pullRequest its number; null outside of one
 * @param runId 1 to 2^53-1: the Actions run id, or a random one
 * @param attempt of the run, from 1
 * @param policy digest of the workflow file
 * @param input digest of the intent
 * @param workflow name in the workflow file
 * @param lanes agents that were asked, in the order of the workflow file
 * @param asked false where no agent was to be asked: the frozen commit alone is looked at
 * @param images runner labels, where there are several
 * @param rows what is to be verified; the first is {@code head}
 */
public record BundleHeader(
    Tool tool,
    RepositoryId repository,
    @Nullable Long pullRequest,
    long runId,
    int attempt,
    FrozenCommit frozen,
    String policy,
    String input,
    String workflow,
    List<String> lanes,
    boolean asked,
    List<String> images,
    List<Row> rows) {

  public BundleHeader {
    lanes = List.copyOf(lanes);
    images = List.copyOf(images);
    rows = List.copyOf(rows);
  }

  /**
   * @param tree without {@code datalake}
   * @param base null outside a pull request
   */
  public record FrozenCommit(String commit, String tree, @Nullable String base) {}

  /** Whose work a bundle is, besides what it holds. */
  public record Origin(
      Tool tool, RepositoryId repository, @Nullable Long pullRequest, long runId, int attempt) {}

  static BundleHeader of(
      Origin origin, Proposals proposals, boolean asked, List<String> images, List<Row> rows) {
    Intent intent = proposals.intent();
    return new BundleHeader(
        origin.tool(),
        origin.repository(),
        origin.pullRequest(),
        origin.runId(),
        origin.attempt(),
        new FrozenCommit(intent.commit(), intent.tree(), intent.baseCommit()),
        intent.policy(),
        intent.digest(),
        proposals.workflow().name(),
        proposals.lanes().stream().map(lane -> lane.candidate().agent()).toList(),
        asked,
        images,
        rows);
  }

  public Origin origin() {
    return new Origin(tool, repository, pullRequest, runId, attempt);
  }

  /**
   * Why this is not the bundle that somebody expects, one sentence each; none where it is.
   *
   * @param number of the pull request; null outside of one
   * @param commit the frozen commit
   */
  public List<String> mismatches(
      RepositoryId expected,
      @Nullable Long number,
      long run,
      String commit,
      String policyDigest,
      String inputDigest) {
    return new Mismatches(this).with(expected, number, run, commit, policyDigest, inputDigest);
  }
}
