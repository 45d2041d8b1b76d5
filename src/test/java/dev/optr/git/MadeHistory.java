package dev.optr.git;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/** Commits with any parents and any trees, made of objects alone, and trials of their merges. */
final class MadeHistory implements AutoCloseable {
  private final GitRepository repository;
  private final TreeStore store;

  /** What stands at a path: text, with a mode. */
  record Entry(FileMode mode, String text) {
    static Entry file(String text) {
      return new Entry(FileMode.REGULAR_FILE, text);
    }
  }

  MadeHistory(Path directory) {
    this.repository = GitRepository.initBare(directory.resolve("repository"), Checkpoint.NONE);
    this.store = TreeStore.open(repository, directory.resolve("temporary"));
  }

  String commit(Map<String, String> files, String... parents) {
    Map<String, Entry> entries = new HashMap<>();
    files.forEach((path, text) -> entries.put(path, Entry.file(text)));
    return commitOf(entries, parents);
  }

  String commitOf(Map<String, Entry> files, String... parents) {
    try (ObjectInserter inserter = repository.jgit().newObjectInserter()) {
      DirCacheBuilder entries = DirCache.newInCore().builder();
      for (Map.Entry<String, Entry> file : files.entrySet()) {
        DirCacheEntry entry = new DirCacheEntry(file.getKey());
        entry.setFileMode(file.getValue().mode());
        entry.setObjectId(
            file.getValue().mode().equals(FileMode.GITLINK)
                ? ObjectId.fromString(file.getValue().text())
                : inserter.insert(Constants.OBJ_BLOB, file.getValue().text().getBytes(UTF_8)));
        entries.add(entry);
      }
      entries.finish();
      String commit = commit(inserter, entries.getDirCache().writeTree(inserter), parents).name();
      inserter.flush();
      return commit;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ObjectId commit(ObjectInserter inserter, ObjectId tree, String... parents)
      throws IOException {
    PersonIdent person =
        new PersonIdent(
            "Test Person",
            "test@example.org",
            Instant.parse("2026-01-01T00:00:00Z"),
            ZoneOffset.UTC);
    CommitBuilder commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setAuthor(person);
    commit.setCommitter(person);
    commit.setMessage("made");
    for (String parent : parents) {
      commit.addParentId(ObjectId.fromString(parent));
    }
    return inserter.insert(commit);
  }

  /** The merge of two commits, tried. */
  MergeTrial merge(String ours, String theirs) throws InterruptedException {
    return Optional.ofNullable(trials(ours).frozen(java.util.List.of(theirs)).get(theirs))
        .orElseThrow();
  }

  MergeTrials trials(String frozen) {
    return store.mergeTrials(frozen, 2);
  }

  GitRepository repository() {
    return repository;
  }

  TreeStore store() {
    return store;
  }

  @Override
  public void close() {
    store.close();
    repository.close();
  }
}
