package dev.optr.evidence;

import dev.optr.base.Glob;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The JUnit XML reports that a command writes in its directory. A report that lay there before and
 * was not written anew is none of this run's and is not counted. Symbolic links are not followed,
 * be it for a report or for a directory on the way to it.
 */
final class JUnitReports {
  private static final int MOST_FILES = 5_000;
  private static final int MOST_VISITED = 2_000_000;
  private static final long LARGEST_FILE = 32L << 20;
  private static final long LARGEST_TOTAL = 256L << 20;

  private final Glob pattern;
  private final List<String> literal;
  private final Path directory;
  private final Map<String, Stamp> before;

  private JUnitReports(String pattern, Path directory) throws IOException {
    this.pattern = Glob.of(pattern);
    this.literal = literal(pattern);
    this.directory = directory;
    this.before = matching();
  }

  /** What changes when a file is written. */
  private record Stamp(@Nullable Object key, FileTime modified, long size) {}

  /**
   * Notes what lies there before the command runs.
   *
   * @param pattern of paths from {@code directory}
   */
  static JUnitReports before(String pattern, Path directory) {
    try {
      return new JUnitReports(pattern, directory);
    } catch (IOException e) {
      throw ServiceException.lasting("could not list the candidate directory " + directory, e);
    }
  }

  /** Reads what was written since; to be called when nothing runs there any more. */
  TestReading written() {
    try {
      Map<String, Stamp> fresh = matching();
      fresh.entrySet().removeIf(file -> file.getValue().equals(before.get(file.getKey())));
      return fresh.isEmpty() ? new TestReading.Nothing() : read(fresh);
    } catch (IOException e) {
      return new TestReading.Unreadable("the directory of the reports cannot be listed");
    }
  }

  private TestReading read(Map<String, Stamp> reports) {
    if (reports.size() > MOST_FILES) {
      return new TestReading.Unreadable("there are more than " + MOST_FILES + " reports");
    }
    if (reports.values().stream().mapToLong(Stamp::size).sum() > LARGEST_TOTAL) {
      return new TestReading.Unreadable("the reports have over " + LARGEST_TOTAL + " bytes");
    }
    TestCount count = new TestCount();
    for (Map.Entry<String, Stamp> report : reports.entrySet()) {
      Optional<String> problem =
          report.getValue().size() > LARGEST_FILE
              ? Optional.of("it has more than " + LARGEST_FILE + " bytes")
              : read(report.getKey(), count);
      if (problem.isPresent()) {
        return new TestReading.Unreadable("'" + report.getKey() + "': " + problem.get());
      }
    }
    return count.reading();
  }

  private Optional<String> read(String report, TestCount count) {
    try (InputStream in =
        Files.newInputStream(directory.resolve(report), LinkOption.NOFOLLOW_LINKS)) {
      return JUnitXml.read(in, count);
    } catch (IOException e) {
      return Optional.of("it cannot be opened");
    }
  }

  private Map<String, Stamp> matching() throws IOException {
    Listing listing = new Listing();
    Files.walkFileTree(directory, listing);
    return listing.found;
  }

  /** Directories that a pattern names before its first wildcard. */
  private static List<String> literal(String pattern) {
    List<String> names = new ArrayList<>();
    for (String segment :
        pattern.substring(0, Math.max(0, pattern.lastIndexOf('/'))).split("/", -1)) {
      if (segment.isEmpty() || segment.indexOf('*') >= 0 || segment.indexOf('?') >= 0) {
        break;
      }
      names.add(segment);
    }
    return names;
  }

  private final class Listing extends SimpleFileVisitor<Path> {
    private final Map<String, Stamp> found = new TreeMap<>();
    private int visited;

    @Override
    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
      Path relative = directory.relativize(path);
      if (relative.toString().isEmpty()) {
        return FileVisitResult.CONTINUE;
      }
      int last = relative.getNameCount() - 1;
      boolean onTheWay =
          last >= literal.size() || literal.get(last).equals(relative.getName(last).toString());
      return onTheWay && !relative.toString().equals(".git")
          ? FileVisitResult.CONTINUE
          : FileVisitResult.SKIP_SUBTREE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
      if (++visited > MOST_VISITED) {
        throw new IOException("more than " + MOST_VISITED + " files");
      }
      String name = directory.relativize(path).toString();
      if (attributes.isRegularFile() && pattern.matches(name)) {
        found.put(
            name,
            new Stamp(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size()));
      }
      return FileVisitResult.CONTINUE;
    }

    /** What cannot be read is no report. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException problem) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, @Nullable IOException problem) {
      return FileVisitResult.CONTINUE;
    }
  }
}
