package dev.optr.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Checkpoint;
import dev.optr.git.FrozenTree;
import dev.optr.git.GitRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;

/**
 * A tree of a bare repository, made of objects alone: any mode, any path that git's index takes,
 * and 100,000 files in a second or two.
 */
public final class GeneratedTree implements AutoCloseable {
  private final Git git;
  private final GitRepository repository;
  private final ObjectInserter inserter;
  private final DirCacheBuilder entries = DirCache.newInCore().builder();

  private GeneratedTree(Git git, GitRepository repository) {
    this.git = git;
    this.repository = repository;
    this.inserter = git.getRepository().newObjectInserter();
  }

  /** Begins with an empty one. */
  public static GeneratedTree in(Path directory) {
    try {
      GitRepository repository = GitRepository.initBare(directory, Checkpoint.NONE);
      return new GeneratedTree(Git.open(directory.toFile()), repository);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stores content for {@link #entry}. */
  public String blob(byte[] content) {
    try {
      return inserter.insert(Constants.OBJ_BLOB, content).name();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Adds a file of text. */
  public GeneratedTree file(String path, String text) {
    return file(path, text.getBytes(UTF_8));
  }

  /** Adds a file. */
  public GeneratedTree file(String path, byte[] content) {
    return entry(path, "100644", blob(content));
  }

  /** Adds an entry of any mode. */
  public GeneratedTree entry(String path, String mode, String id) {
    DirCacheEntry entry = new DirCacheEntry(path);
    entry.setFileMode(FileMode.fromBits(Integer.parseInt(mode, 8)));
    entry.setObjectId(ObjectId.fromString(id));
    entries.add(entry);
    return this;
  }

  /** Commits what was added and freezes it; read it before this is closed. */
  public FrozenTree freeze() {
    try {
      entries.finish();
      PersonIdent person =
          new PersonIdent(
              "Test Person",
              "test@example.org",
              Instant.parse("2026-01-01T00:00:00Z"),
              ZoneOffset.UTC);
      CommitBuilder commit = new CommitBuilder();
      commit.setTreeId(entries.getDirCache().writeTree(inserter));
      commit.setAuthor(person);
      commit.setCommitter(person);
      commit.setMessage("generated");
      ObjectId id = inserter.insert(commit);
      inserter.flush();
      return repository.frozenTree(id.name());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    inserter.close();
    repository.close();
    git.close();
  }
}
