package dev.optr.git;

import dev.optr.base.ServiceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.dircache.DirCacheIterator;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Compares HEAD, index and work tree. JGit's own status would run the filter commands that the
 * repository's config names, so files are compared byte for byte here.
 */
final class WorkTree {
  private final Repository repository;

  WorkTree(Repository repository) {
    this.repository = repository;
  }

  boolean isDirty() {
    if (repository.isBare()) {
      return false;
    }
    try {
      DirCache index = repository.readDirCache();
      return indexDiffersFromHead(index) || filesDifferFrom(index);
    } catch (IOException e) {
      throw ServiceException.lasting(
          "could not compare the work tree " + repository.getWorkTree() + " with HEAD", e);
    }
  }

  private boolean indexDiffersFromHead(DirCache index) throws IOException {
    ObjectId head = repository.resolve(Constants.HEAD + "^{tree}");
    try (ObjectReader reader = repository.newObjectReader();
        TreeWalk walk = new TreeWalk(reader)) {
      walk.addTree(new DirCacheIterator(index));
      if (head == null) {
        walk.addTree(new EmptyTreeIterator());
      } else {
        walk.addTree(head);
      }
      walk.setRecursive(true);
      walk.setFilter(TreeFilter.ANY_DIFF);
      return walk.next();
    }
  }

  private boolean filesDifferFrom(DirCache index) throws IOException {
    Path root = repository.getWorkTree().toPath();
    for (int i = 0; i < index.getEntryCount(); i++) {
      DirCacheEntry entry = index.getEntry(i);
      boolean compared = !entry.isAssumeValid() && !entry.isSkipWorkTree();
      if (compared && differs(root.resolve(entry.getPathString()), entry)) {
        return true;
      }
    }
    return false;
  }

  private boolean differs(Path file, DirCacheEntry entry) throws IOException {
    try {
      PosixFileAttributes found =
          Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      if (entry.getFileMode().equals(FileMode.GITLINK)) {
        return !found.isDirectory();
      }
      return !mode(found).equals(entry.getFileMode())
          || !(isUnchangedSinceIndexed(found, entry) || sameContent(file, found, entry));
    } catch (NoSuchFileException _) {
      return true;
    }
  }

  private static FileMode mode(PosixFileAttributes found) {
    if (found.isSymbolicLink()) {
      return FileMode.SYMLINK;
    }
    if (!found.isRegularFile()) {
      return FileMode.MISSING;
    }
    return found.permissions().contains(PosixFilePermission.OWNER_EXECUTE)
        ? FileMode.EXECUTABLE_FILE
        : FileMode.REGULAR_FILE;
  }

  private boolean isUnchangedSinceIndexed(PosixFileAttributes found, DirCacheEntry entry) {
    return found.size() == entry.getLength()
        && found.lastModifiedTime().toInstant().equals(entry.getLastModifiedInstant())
        && !entry.mightBeRacilyClean(
            java.time.Instant.ofEpochMilli(repository.getIndexFile().lastModified()));
  }

  private static boolean sameContent(Path file, PosixFileAttributes found, DirCacheEntry entry)
      throws IOException {
    byte[] content =
        found.isSymbolicLink()
            ? Files.readSymbolicLink(file).toString().getBytes(StandardCharsets.UTF_8)
            : Files.readAllBytes(file);
    try (ObjectInserter.Formatter ids = new ObjectInserter.Formatter()) {
      return ids.idFor(Constants.OBJ_BLOB, content).equals(entry.getObjectId());
    }
  }
}
