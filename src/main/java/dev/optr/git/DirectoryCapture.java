package dev.optr.git;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.Constants;
import org.jspecify.annotations.Nullable;

/**
 * Reads a candidate directory as foreign code left it: what differs from the files that were put
 * there. As for {@code git status}, what {@code .gitignore} files name does not count unless it was
 * there at first; unlike there, nothing in {@code .git} is read and no filter runs. No symbolic
 * link is followed.
 */
final class DirectoryCapture {
  private static final int MOST_ERRORS = 50;
  private static final int MOST_NEW = 10_000;
  private static final int LARGEST_RULES = 1 << 20;
  private static final String UNREADABLE = "it cannot be read";
  private static final String IGNORE_FILE = ".gitignore";

  private final FrozenTree shown;
  private final EditableTree whole;
  private final CapturedFile files;
  private final Set<String> shownDirectories = new HashSet<>();
  private final Set<String> found = new HashSet<>();
  private final Deque<Level> open = new ArrayDeque<>();
  private final List<Change> changes = new ArrayList<>();
  private final List<String> errors = new ArrayList<>();
  private int additional;

  /**
   * @param shown what the directory held at first
   * @param whole the same tree with what is not shown
   */
  DirectoryCapture(FrozenTree shown, EditableTree whole, CapturedFile files) {
    this.shown = shown;
    this.whole = whole;
    this.files = files;
    for (FrozenTree.File file : shown.files()) {
      addDirectories(file.path());
    }
  }

  /**
   * A directory that is to be listed.
   *
   * @param prefix its path with a slash behind it; empty for the root
   * @param ignored only what was there at first counts
   */
  private record Level(Path directory, String prefix, @Nullable Scope outer, boolean ignored) {}

  /**
   * The rules of one directory and of those around it; the innermost that says something counts.
   */
  private record Scope(String prefix, IgnoreRules rules, @Nullable Scope outer) {
    static boolean ignores(@Nullable Scope innermost, String path, boolean directory) {
      for (Scope scope = innermost; scope != null; scope = scope.outer()) {
        Optional<Boolean> said =
            scope.rules().ignores(path.substring(scope.prefix().length()), directory);
        if (said.isPresent()) {
          return said.get();
        }
      }
      return false;
    }
  }

  private void addDirectories(String path) {
    int slash = path.lastIndexOf('/');
    while (slash > 0 && shownDirectories.add(path.substring(0, slash))) {
      slash = path.lastIndexOf('/', slash - 1);
    }
  }

  /** The changes, by path; whether they are all that differs, {@link #errors} tells. */
  List<Change> read(Path root) throws IOException, InterruptedException {
    open.push(new Level(root, "", null, false));
    while (!open.isEmpty() && errors.size() < MOST_ERRORS) {
      list(open.pop());
    }
    if (errors.isEmpty()) {
      addDeleted();
    }
    changes.sort(Comparator.comparing(Change::path, CandidateTree.BYTE_ORDER));
    return changes;
  }

  /** What no proposal may hold, each by its path. */
  List<String> errors() {
    return errors.subList(0, Math.min(errors.size(), MOST_ERRORS));
  }

  private void list(Level level) throws IOException, InterruptedException {
    Optional<List<Path>> entries = entries(level);
    if (entries.isEmpty()) {
      return;
    }
    Optional<byte[]> rules = level.ignored() ? Optional.empty() : rules(level);
    @Nullable Scope scope =
        rules.isEmpty()
            ? level.outer()
            : new Scope(level.prefix(), IgnoreRules.parse(rules.get()), level.outer());
    for (Path entry : entries.get()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (errors.size() < MOST_ERRORS) {
        visit(level, scope, entry);
      }
    }
  }

  private Optional<List<Path>> entries(Level level) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(level.directory())) {
      stream.forEach(entries::add);
    } catch (FileSystemException e) {
      error(level.prefix(), UNREADABLE);
      return Optional.empty();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    entries.sort(Comparator.naturalOrder());
    return Optional.of(entries);
  }

  private Optional<byte[]> rules(Level level) throws IOException {
    Path file = level.directory().resolve(IGNORE_FILE);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] rules = in.readNBytes(LARGEST_RULES + 1);
      if (rules.length > LARGEST_RULES) {
        error(level.prefix() + IGNORE_FILE, "it has more than " + LARGEST_RULES + " bytes");
        return Optional.empty();
      }
      return Optional.of(rules);
    } catch (FileSystemException e) {
      error(level.prefix() + IGNORE_FILE, UNREADABLE);
      return Optional.empty();
    }
  }

  private void visit(Level level, @Nullable Scope scope, Path entry) throws IOException {
    String name = String.valueOf(entry.getFileName());
    String path = level.prefix() + name;
    if (path.equals(Constants.DOT_GIT)) {
      return;
    }
    Optional<PosixFileAttributes> attributes = attributes(path, entry);
    if (attributes.isPresent()) {
      visit(level, scope, path, entry, attributes.get());
    }
  }

  private Optional<PosixFileAttributes> attributes(String path, Path entry) throws IOException {
    try {
      return Optional.of(
          Files.readAttributes(entry, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException gone) {
      // What is not there any more is deleted, or never counted.
      return Optional.empty();
    } catch (FileSystemException e) {
      error(path, UNREADABLE);
      return Optional.empty();
    }
  }

  private void visit(
      Level level, @Nullable Scope scope, String path, Path entry, PosixFileAttributes attributes)
      throws IOException {
    boolean directory = attributes.isDirectory();
    boolean wasThere =
        shown.find(path).isPresent() || (directory && shownDirectories.contains(path));
    boolean ignored = level.ignored() || Scope.ignores(scope, path, directory);
    if (wasThere || !ignored) {
      additional += wasThere ? 0 : 1;
      Optional<String> problem =
          wasThere ? Optional.empty() : newPathProblem(path, entry).or(this::tooMany);
      problem.ifPresent(reason -> error(path, reason));
      if (problem.isEmpty() && directory) {
        shown.find(path).filter(CapturedFile::isSubmodule).ifPresent(_ -> found.add(path));
        open.push(new Level(entry, path + "/", scope, ignored));
      } else if (problem.isEmpty()) {
        add(path, entry, attributes);
      }
    }
  }

  private Optional<String> newPathProblem(String path, Path entry) {
    return isText(entry)
        ? PathPolicy.problem(path).map(what -> what + " is refused")
        : Optional.of("a name that is not well-formed text is refused");
  }

  /** Bytes that are no text came out of the file name as something else. */
  private static boolean isText(Path entry) {
    try {
      Path name = entry.getFileName();
      return name != null && Path.of(name.toString()).equals(name);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Optional<String> tooMany() {
    return additional > MOST_NEW
        ? Optional.of("it is one of more than " + MOST_NEW + " new files and directories")
        : Optional.empty();
  }

  private void add(String path, Path entry, PosixFileAttributes attributes) throws IOException {
    Optional<FrozenTree.File> before = shown.find(path);
    before.ifPresent(_ -> found.add(path));
    if (before.isEmpty() && whole.find(path).isPresent()) {
      error(path, "it exists already, and was not shown");
      return;
    }
    switch (files.compare(path, entry, attributes, before)) {
      case CapturedFile.Same _ -> {}
      case CapturedFile.Differs(Change change) -> changes.add(change);
      case CapturedFile.Refused(String reason) -> error(path, reason);
    }
  }

  private void addDeleted() {
    for (FrozenTree.File file : shown.files()) {
      if (!found.contains(file.path())) {
        if (file.isRegular()) {
          changes.add(Change.deleted(file.path()));
        } else {
          error(file.path(), "it was no regular file, and no change may remove it");
        }
      }
    }
  }

  private void error(String path, String reason) {
    errors.add(PathPolicy.printable(path) + ": " + reason);
  }
}
