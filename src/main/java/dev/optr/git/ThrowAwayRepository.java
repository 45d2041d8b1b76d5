package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.jgit.api.errors.InvalidRefNameException;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.treewalk.TreeWalk;

/**
 * The repository that candidate code finds around it, for tools that ask git: one commit with the
 * same id in every run, an index, and one pack with exactly that commit's objects.
 */
final class ThrowAwayRepository {
  private static final PersonIdent NOBODY =
      new PersonIdent(
          "optr", "optr@localhost", Instant.parse("2000-01-01T00:00:00Z"), ZoneOffset.UTC);

  private final Repository store;
  private final Path workTree;

  /**
   * @param store where the tree's objects are
   * @param workTree the tree's files, already written
   */
  ThrowAwayRepository(Repository store, Path workTree) {
    this.store = store;
    this.workTree = workTree;
  }

  void create(ObjectId tree) throws IOException {
    try (Repository repository =
        new FileRepositoryBuilder()
            .setWorkTree(workTree.toFile())
            .setGitDir(workTree.resolve(Constants.DOT_GIT).toFile())
            .setInitialBranch("main")
            .build()) {
      repository.create(false);
      ObjectId commit = commit(tree);
      writePack(commit, repository.getDirectory().toPath().resolve("objects/pack"));
      Path main = repository.getDirectory().toPath().resolve("refs/heads/main");
      Files.writeString(main, commit.name() + "\n", StandardOpenOption.CREATE_NEW);
      writeIndex(repository, tree);
    } catch (InvalidRefNameException e) {
      throw ServiceException.lasting("could not make a repository in " + workTree, e);
    }
  }

  private ObjectId commit(ObjectId tree) throws IOException {
    CommitBuilder builder = new CommitBuilder();
    builder.setTreeId(tree);
    builder.setAuthor(NOBODY);
    builder.setCommitter(NOBODY);
    builder.setMessage("Candidate\n");
    try (ObjectInserter inserter = store.newObjectInserter()) {
      ObjectId commit = inserter.insert(builder);
      inserter.flush();
      return commit;
    }
  }

  private void writePack(ObjectId commit, Path packs) throws IOException {
    // Looking for deltas would take longer than writing what is there.
    PackConfig config = new PackConfig();
    config.setDeltaCompress(false);
    try (PackWriter writer = new PackWriter(config, store.newObjectReader())) {
      writer.preparePack(NullProgressMonitor.INSTANCE, Set.of(commit), Set.of());
      Path unnamed = packs.resolve("tmp_pack");
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(unnamed))) {
        writer.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, out);
      }
      String name = "pack-" + writer.computeName().name();
      try (OutputStream out =
          new BufferedOutputStream(Files.newOutputStream(packs.resolve(name + ".idx")))) {
        writer.writeIndex(out);
      }
      Files.move(unnamed, packs.resolve(name + ".pack"));
    }
  }

  private void writeIndex(Repository repository, ObjectId tree) throws IOException {
    DirCache index = repository.lockDirCache();
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      DirCacheBuilder builder = index.builder();
      walk.addTree(tree);
      walk.setRecursive(true);
      while (walk.next()) {
        builder.add(entry(walk));
      }
      builder.finish();
      index.write();
      if (!index.commit()) {
        throw new IOException("the index could not be written");
      }
    } finally {
      index.unlock();
    }
  }

  private DirCacheEntry entry(TreeWalk walk) throws IOException {
    DirCacheEntry entry = new DirCacheEntry(walk.getRawPath());
    entry.setFileMode(walk.getFileMode());
    entry.setObjectId(walk.getObjectId(0));
    if (!walk.getFileMode().equals(FileMode.GITLINK)) {
      Path file = workTree.resolve(walk.getPathString());
      entry.setLength(
          Files.readAttributes(
                  file,
                  java.nio.file.attribute.BasicFileAttributes.class,
                  LinkOption.NOFOLLOW_LINKS)
              .size());
      entry.setLastModified(Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant());
    }
    return entry;
  }
}
