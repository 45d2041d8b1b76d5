package dev.optr.agents.copilot;

import dev.optr.base.CanonicalJson;
import dev.optr.base.Json;
import dev.optr.base.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.treewalk.TreeWalk;

/** A real bare repository as GitHub's git database shows it. */
final class FakeRepository implements AutoCloseable {
  private final Repository repository;

  FakeRepository(Path bare) {
    try {
      repository = new FileRepositoryBuilder().setGitDir(bare.toFile()).setMustExist(true).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Optional<String> tip(String branch) {
    try {
      Ref ref = repository.exactRef("refs/heads/" + branch);
      return Optional.ofNullable(ref).map(Ref::getObjectId).map(ObjectId::name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean has(String commit) {
    try {
      return repository.getObjectDatabase().has(ObjectId.fromString(commit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void create(String branch, String commit) {
    try {
      RefUpdate update = repository.updateRef("refs/heads/" + branch);
      update.setNewObjectId(ObjectId.fromString(commit));
      update.forceUpdate();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean delete(String branch) {
    if (tip(branch).isEmpty()) {
      return false;
    }
    try {
      RefUpdate update = repository.updateRef("refs/heads/" + branch);
      update.setForceUpdate(true);
      update.delete();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonObject ref(String branch, String commit) {
    return Json.object()
        .put("ref", "refs/heads/" + branch)
        .put("object", Json.object().put("type", "commit").put("sha", commit).build())
        .build();
  }

  /** A resource below the repository's, as JSON. */
  Optional<String> read(String resource, UnaryOperator<String> listing) {
    try {
      if (resource.startsWith("compare/")) {
        String[] commits = resource.substring("compare/".length()).split("\\.\\.\\.", 2);
        return Optional.of(CanonicalJson.text(comparison(commits[0], commits[1])));
      }
      int slash = resource.lastIndexOf('/');
      ObjectId id = ObjectId.fromString(resource.substring(slash + 1));
      return switch (resource.substring(0, slash)) {
        case "git/commits" -> Optional.of(CanonicalJson.text(commit(id)));
        case "git/trees" -> Optional.of(listing.apply(CanonicalJson.text(tree(id))));
        case "git/blobs" -> Optional.of(CanonicalJson.text(blob(id)));
        default -> Optional.empty();
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonObject comparison(String base, String head) throws IOException {
    try (RevWalk walk = new RevWalk(repository)) {
      walk.setRevFilter(RevFilter.MERGE_BASE);
      walk.markStart(walk.parseCommit(ObjectId.fromString(base)));
      walk.markStart(walk.parseCommit(ObjectId.fromString(head)));
      RevCommit found = walk.next();
      return Json.object()
          .put("status", "ahead")
          .put(
              "merge_base_commit",
              Json.object().put("sha", found == null ? "" : found.name()).build())
          .build();
    }
  }

  private JsonObject commit(ObjectId id) throws IOException {
    return Json.object()
        .put("sha", id.name())
        .put("tree", Json.object().put("sha", repository.parseCommit(id).getTree().name()).build())
        .build();
  }

  private JsonObject tree(ObjectId id) throws IOException {
    List<Json> entries = new ArrayList<>();
    try (TreeWalk walk = new TreeWalk(repository)) {
      walk.addTree(id);
      while (walk.next()) {
        entries.add(
            Json.object()
                .put("path", walk.getPathString())
                .put("mode", "%06o".formatted(walk.getRawMode(0)))
                .put("type", walk.isSubtree() ? "tree" : "blob")
                .put("sha", walk.getObjectId(0).name())
                .build());
        if (walk.isSubtree()) {
          walk.enterSubtree();
        }
      }
    }
    return Json.object()
        .put("sha", id.name())
        .put("tree", Json.array(entries))
        .put("truncated", Json.bool(false))
        .build();
  }

  private JsonObject blob(ObjectId id) throws IOException {
    byte[] content = repository.open(id).getBytes();
    return Json.object()
        .put("sha", id.name())
        .put("encoding", "base64")
        .put("content", Base64.getMimeEncoder().encodeToString(content))
        .build();
  }

  @Override
  public void close() {
    repository.close();
  }
}
