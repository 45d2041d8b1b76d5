package dev.optr.app;

import dev.optr.actions.ActionEnvironment;
import dev.optr.base.Bytes;
import dev.optr.datalake.Candidate;
import dev.optr.evidence.Examined;
import dev.optr.execution.CodespaceLink;
import dev.optr.git.Change;
import dev.optr.git.RemoteHeads;
import dev.optr.github.BranchMove;
import dev.optr.github.GitHubConnection;
import dev.optr.github.NewCommit;
import dev.optr.github.TreeEdit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Branches that hold a path for somebody who wants to try it by hand. They mean nothing: no
 * decision, no gate and no execution reads them.
 */
final class OpenBranches {
  private static final String HEADS = "refs/heads/";

  private final GitHubConnection github;
  private final ActionEnvironment action;

  OpenBranches(GitHubConnection github, ActionEnvironment action) {
    this.github = github;
    this.action = action;
  }

  /** How it went. */
  sealed interface Opened {
    /**
     * @param label what the page is for
     * @param page where the branch is seen
     */
    record Branch(String name, String label, String page) implements Opened {}

    record Refused(String why) implements Opened {}
  }

  /** Whether a commit of the repository has a tree, {@code datalake} left out. */
  @FunctionalInterface
  interface Trees {
    boolean has(String commit, String tree);
  }

  /**
   * Puts an agent's path on a branch.
   *
   * @param decided the newest decision about the pull request
   * @param trees tells whether a branch that is there already is the one that we would make
   */
  Opened open(RecalledDecision decided, String agent, Trees trees) {
    Optional<Candidate> found =
        decided.run().examined().stream()
            .map(Examined::candidate)
            .filter(candidate -> candidate.agent().equals(agent))
            .findFirst();
    if (found.isEmpty() || found.get().tree() == null || found.get().changes() == null) {
      return new Opened.Refused("'%s' has no path in the newest decision".formatted(agent));
    }
    return open(decided.run().intent().commit(), found.get(), trees);
  }

  private Opened open(String frozen, Candidate candidate, Trees trees) {
    CodespaceLink link = link(candidate.agent(), candidate.tree());
    String message = "Hold the path of %s for a look\n".formatted(candidate.agent());
    String commit =
        github
            .gitData()
            .commit(new NewCommit(frozen, edits(candidate), List.of(frozen), message))
            .commit();
    return switch (github.gitData().createBranch(link.branch(), commit)) {
      case BranchMove.Moved _ -> shown(link);
      case BranchMove.Superseded(String actual) ->
          actual != null && trees.has(actual, String.valueOf(candidate.tree()))
              ? shown(link)
              : new Opened.Refused(
                  "the branch '%s' is there and holds something else; delete it"
                      .formatted(link.branch()));
      case BranchMove.Refused(String reason) ->
          new Opened.Refused("GitHub refuses the branch: " + reason);
    };
  }

  /** An enterprise's own server has no codespaces, and its names at github.com are others'. */
  private Opened.Branch shown(CodespaceLink link) {
    return action.isEnterpriseServer()
        ? new Opened.Branch(
            link.branch(),
            "look at it",
            "%s/%s/tree/%s".formatted(action.serverUrl(), action.repository(), link.branch()))
        : new Opened.Branch(link.branch(), "open a codespace on it", link.page().toString());
  }

  private static Map<String, TreeEdit> edits(Candidate candidate) {
    Map<String, TreeEdit> edits = new HashMap<>();
    List<Change> changes = candidate.changes() == null ? List.of() : candidate.changes();
    for (Change change : changes) {
      if (change.from() != null) {
        edits.put(change.from(), new TreeEdit.Delete());
      }
    }
    for (Change change : changes) {
      edits.put(
          change.path(),
          change.mode() == null || change.content() == null
              ? new TreeEdit.Delete()
              : new TreeEdit.Put(content(change.content(), change.encoding()), change.mode()));
    }
    return edits;
  }

  private static Bytes content(String content, @Nullable String encoding) {
    return "base64".equals(encoding)
        ? Bytes.of(Base64.getDecoder().decode(content))
        : Bytes.utf8(content);
  }

  /**
   * Deletes those of a pull request that is closed.
   *
   * @param remote tells which of them there are
   */
  void delete(PastRuns past, RemoteHeads remote) {
    Map<String, String> wanted = new HashMap<>();
    past.ofThisPullRequest()
        .flatMap(run -> run.decision().lanes().stream())
        .filter(lane -> lane.tree() != null)
        .map(lane -> link(lane.agent(), lane.tree()).branch())
        .forEach(branch -> wanted.put(HEADS + branch, "refs/optr/fetched/" + branch));
    if (wanted.isEmpty()) {
      return;
    }
    for (String ref : remote.fetch(wanted).keySet()) {
      boolean _ = github.gitData().deleteBranch(ref.substring(HEADS.length()));
    }
  }

  private CodespaceLink link(String agent, @Nullable String tree) {
    return CodespaceLink.of(action.repository(), agent, String.valueOf(tree));
  }
}
