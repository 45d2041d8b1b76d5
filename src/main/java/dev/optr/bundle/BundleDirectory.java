package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A directory that should be a bundle; whatever else it is, is said. */
final class BundleDirectory {
  private static final int MOST_FILES = 1024;
  private static final int LARGEST_FILE = 64 << 20;
  private static final long LARGEST = 256L << 20;
  // Half a file of a writer that did not end.
  private static final Pattern UNFINISHED = Pattern.compile("\\..+\\.tmp");

  private final Path root;
  private long read;

  BundleDirectory(Path root) {
    this.root = root;
  }

  /** Paths of all files, manifest and signature too. */
  SortedSet<String> files() {
    if (!Files.isDirectory(root)) {
      throw new UserException(
          root + ": there is no such directory; download the artifact there first");
    }
    SortedSet<String> files = new TreeSet<>();
    try {
      list(root, "", files);
    } catch (IOException e) {
      throw ServiceException.lasting("could not list the bundle in " + root, e);
    }
    return files;
  }

  /** The file's bytes; all that is read is bounded. */
  Bytes read(String path) {
    Path file = root.resolve(path);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new UserException(path + ": there is no such file in the bundle " + root);
      }
      try (InputStream in =
          Channels.newInputStream(
              Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
        byte[] bytes = in.readNBytes(LARGEST_FILE + 1);
        read += bytes.length;
        checkSize(path, bytes.length, read);
        return Bytes.of(bytes);
      }
    } catch (IOException e) {
      throw ServiceException.lasting("could not read " + file, e);
    }
  }

  static void checkSizes(Map<String, Bytes> files) {
    long sum = 0;
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      sum += file.getValue().size();
      checkSize(file.getKey(), file.getValue().size(), sum);
    }
  }

  private static void checkSize(String path, int size, long sum) {
    if (size > LARGEST_FILE || sum > LARGEST) {
      throw new UserException(
          path
              + ": a file of a bundle has at most "
              + LARGEST_FILE
              + " bytes, and all of them together at most "
              + LARGEST);
    }
  }

  /** Removes the bundle that is there; the manifest first, the header last. */
  void clear(Disk disk) {
    if (!Files.exists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    SortedSet<String> files = files();
    boolean isBundle = files.stream().allMatch(BundleDirectory::isOurs);
    boolean hasHeader =
        files.contains(BundlePath.HEADER)
            || files.stream().allMatch(path -> UNFINISHED.matcher(path).matches());
    if (!isBundle || !hasHeader) {
      throw new UserException(
          root + ": the directory is not empty and is no bundle; name another one");
    }
    disk.delete(root.resolve(Manifest.FILE));
    files.stream()
        .filter(path -> !path.equals(BundlePath.HEADER))
        .forEach(path -> disk.delete(root.resolve(path)));
    BundlePath.DIRECTORIES.forEach(directory -> disk.delete(root.resolve(directory)));
    disk.delete(root.resolve(BundlePath.HEADER));
  }

  private static boolean isOurs(String path) {
    String name = path.substring(path.indexOf('/') + 1);
    return BundlePath.isKnown(path)
        || path.equals(Manifest.FILE)
        || path.equals(Manifest.SIGNATURE)
        || UNFINISHED.matcher(name).matches();
  }

  private void list(Path directory, String prefix, SortedSet<String> files) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        add(entry, prefix + entry.getFileName(), files);
      }
    }
  }

  private void add(Path entry, String path, SortedSet<String> files) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory() && BundlePath.DIRECTORIES.contains(path)) {
      list(entry, path + "/", files);
    } else if (attributes.isRegularFile()) {
      files.add(path);
    } else {
      throw new UserException(
          Shown.of(path) + ": no bundle has it; " + kind(attributes) + " in " + root);
    }
    if (files.size() > MOST_FILES) {
      throw new UserException(root + ": no bundle has more than " + MOST_FILES + " files");
    }
  }

  private static String kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return "a symbolic link";
    }
    return attributes.isDirectory() ? "a directory" : "no regular file";
  }
}
