package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code SHA256SUMS}: what every file of a bundle is, in the form that {@code sha256sum -c} reads.
 * Its own digest is that of the bundle.
 *
 * @param digests 64 lower-case hex digits by path
 */
record Manifest(SortedMap<String, String> digests) {
  static final String FILE = "SHA256SUMS";
  static final String SIGNATURE = "SHA256SUMS.sig";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^\n]+)");

  static Manifest of(Map<String, Bytes> files) {
    SortedMap<String, String> digests = new TreeMap<>();
    files.forEach((path, bytes) -> digests.put(path, bytes.sha256()));
    return new Manifest(digests);
  }

  /**
   * @throws UserException where these are not the bytes of a manifest of ours
   */
  static Manifest parse(Bytes bytes) {
    SortedMap<String, String> digests = new TreeMap<>();
    String text = bytes.utf8();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      if (line.isEmpty() && number > 1 && text.endsWith("\n")) {
        break;
      }
      add(line, FILE + ":" + number + ": ", digests);
    }
    Manifest manifest = new Manifest(digests);
    if (!manifest.bytes().equals(bytes)) {
      throw new UserException(FILE + ": expected one line for each file and nothing else");
    }
    return manifest;
  }

  private static void add(String line, String place, SortedMap<String, String> digests) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      throw new UserException(
          place + "expected 64 hex digits, two spaces and a path, found " + Shown.of(line));
    }
    String path = matcher.group(2);
    if (!BundlePath.isKnown(path)) {
      throw new UserException(place + "no file of a bundle is called " + Shown.of(path));
    }
    if (!digests.isEmpty() && digests.lastKey().compareTo(path) >= 0) {
      throw new UserException(
          place
              + "paths are in order and each is there once, found "
              + Shown.of(path)
              + " behind "
              + Shown.of(digests.lastKey()));
    }
    digests.put(path, matcher.group(1));
  }

  Bytes bytes() {
    StringBuilder text = new StringBuilder();
    digests.forEach((path, digest) -> text.append(digest).append("  ").append(path).append('\n'));
    return Bytes.utf8(text.toString());
  }
}
