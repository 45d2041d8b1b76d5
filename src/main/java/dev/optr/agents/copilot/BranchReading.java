package dev.optr.agents.copilot;

import dev.optr.agents.FailureCode;
import dev.optr.agents.HttpReply;
import dev.optr.agents.LaneLog;
import dev.optr.base.Json;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.git.BranchObjects;
import dev.optr.git.Change;
import dev.optr.git.FrozenTree;
import dev.optr.git.TreeResult;
import dev.optr.git.TreeStore;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What leads from the frozen commit to a branch. Read object by object over the API, or fetched
 * where that would be too many requests or GitHub does not list them all. Nothing here goes by the
 * branch's name once its commit is known, and every tree and content is checked against its id.
 */
final class BranchReading {
  /** From here on, one fetch is less work for both sides. */
  static final int MOST_BLOBS = 100;

  private final TaskRepository github;
  private final GitHubCalls calls;
  private final LaneLog log;
  private final TreeStore trees;
  private final BranchObjects objects;
  private final Network network;
  private final URI remote;
  private final Secret token;
  private final String frozen;

  /**
   * @param remote where the branch can be fetched from
   * @param frozen the frozen commit
   */
  BranchReading(
      TaskRepository github,
      GitHubCalls calls,
      LaneLog log,
      TreeStore trees,
      Network network,
      URI remote,
      Secret token,
      String frozen) {
    this.github = github;
    this.calls = calls;
    this.log = log;
    this.trees = trees;
    this.objects = trees.branchObjects();
    this.network = network;
    this.remote = remote;
    this.token = token;
    this.frozen = frozen;
  }

  /** What a branch holds. */
  record Read(String tip, List<Change> changes) {
    Read {
      changes = List.copyOf(changes);
    }
  }

  Result<Read> read(String branch) throws InterruptedException {
    return tip(branch)
        .then(tip -> descent(tip).then(_ -> tree(tip)).then(tree -> changes(branch, tip, tree)));
  }

  private Result<String> tip(String branch) throws InterruptedException {
    return calls
        .repeat(github.ref(branch))
        .then(
            reply ->
                reply.status() == 404
                    ? Result.ended(
                        FailureCode.EMPTY, "branch '" + branch + "' was named and is not there")
                    : calls.read(reply, TaskWire.Ref.class, "reading branch '" + branch + "'"))
        .then(ref -> tip(branch, ref));
  }

  private Result<String> tip(String branch, TaskWire.Ref ref) {
    TaskWire.@Nullable Target target = ref.object();
    Optional<String> tip = ObjectNames.read(target == null ? null : target.sha());
    if (target == null || tip.isEmpty() || !"commit".equals(target.type())) {
      return calls.unreadable("reading branch '" + branch + "'");
    }
    return tip.get().equals(frozen)
        ? Result.ended(FailureCode.EMPTY, "branch '" + branch + "' is the frozen commit")
        : Result.got(tip.get());
  }

  /** Asked of the two commits by id, so that no name can mean something else. */
  private Result<String> descent(String tip) throws InterruptedException {
    return calls
        .repeat(github.compare(frozen, tip))
        .then(reply -> calls.read(reply, TaskWire.Comparison.class, "comparing commits"))
        .then(
            comparison ->
                comparison.mergeBase() != null && frozen.equals(comparison.mergeBase().sha())
                    ? Result.got(tip)
                    : strange(tip));
  }

  private <T> Result<T> strange(String tip) {
    return Result.ended(
        FailureCode.SCHEMA,
        "commit %s is not built on the frozen commit %s"
            .formatted(tip.substring(0, 12), frozen.substring(0, 12)));
  }

  private Result<String> tree(String tip) throws InterruptedException {
    return calls
        .repeat(github.commit(tip))
        .then(reply -> calls.read(reply, TaskWire.Commit.class, "reading commit " + tip))
        .then(
            commit ->
                ObjectNames.read(commit.tree() == null ? null : commit.tree().sha())
                    .map(Result::got)
                    .orElseGet(() -> calls.unreadable("reading commit " + tip)));
  }

  private Result<Read> changes(String branch, String tip, String tree) throws InterruptedException {
    Result<HttpReply> replied = calls.repeat(github.tree(tree));
    return replied.then(
        reply ->
            reply.tooLarge()
                ? fetched(branch, tip)
                : calls
                    .read(reply, TaskWire.Tree.class, "listing tree " + tree)
                    .then(listed -> listed(branch, tip, tree, listed)));
  }

  private Result<Read> listed(String branch, String tip, String tree, TaskWire.Tree listed)
      throws InterruptedException {
    if (listed.truncated() == null || listed.truncated()) {
      return fetched(branch, tip);
    }
    Optional<List<FrozenTree.File>> files = ObjectNames.files(listed.tree());
    if (files.isEmpty() || !objects.tree(files.get()).equals(Optional.of(tree))) {
      return Result.ended(
          FailureCode.SERVICE,
          "GitHub lists files of tree " + tree + " that do not make that tree");
    }
    List<String> missing = objects.missing(files.get());
    if (missing.size() > MOST_BLOBS) {
      return fetched(branch, tip);
    }
    for (String blob : missing) {
      Result<String> stored = blob(blob);
      if (stored instanceof Result.Ended<String> ended) {
        return ended.of();
      }
    }
    return difference(branch, tip, tree, "api");
  }

  private Result<String> blob(String id) throws InterruptedException {
    return calls
        .repeat(github.blob(id))
        .then(reply -> calls.read(reply, TaskWire.Blob.class, "reading blob " + id))
        .then(
            blob ->
                ObjectNames.content(blob)
                    .map(objects::blob)
                    .filter(id::equals)
                    .map(Result::got)
                    .orElseGet(() -> calls.unreadable("reading blob " + id)));
  }

  private Result<Read> fetched(String branch, String tip) throws InterruptedException {
    String got;
    try {
      got = objects.fetch(network, remote, Optional.of(token), branch);
    } catch (ServiceException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Result.ended(FailureCode.SERVICE, calls.quoted(String.valueOf(e.getMessage())));
    }
    if (!got.equals(tip)) {
      return Result.ended(
          FailureCode.SERVICE, "branch '" + branch + "' was moved while it was read");
    }
    // The commits themselves are here now, and they are what their ids say.
    return objects.descends(tip, frozen)
        ? difference(branch, tip, objects.treeOf(tip), "fetch")
        : strange(tip);
  }

  private Result<Read> difference(String branch, String tip, String tree, String by) {
    log.line(
        Json.object()
            .put("role", "branch")
            .put("name", branch)
            .put("commit", tip)
            .put("tree", tree)
            .put("readBy", by)
            .build());
    return switch (trees.changes(objects.treeOf(frozen), tree)) {
      case TreeResult.Rejected(List<String> errors) ->
          Result.ended(
              FailureCode.SCHEMA,
              "the branch holds what no proposal may: " + calls.quoted(String.join("; ", errors)));
      case TreeResult.Applied(_, List<Change> changes) ->
          changes.isEmpty()
              ? Result.ended(FailureCode.EMPTY, "the branch changes nothing")
              : Result.got(new Read(tip, changes));
    };
  }
}
