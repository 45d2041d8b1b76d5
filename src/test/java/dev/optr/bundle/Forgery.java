package dev.optr.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** A bundle that somebody changed together with its manifest and its digest. */
final class Forgery {
  private final Path directory;
  private final SortedMap<String, byte[]> files = new TreeMap<>();

  Forgery(Path directory) throws IOException {
    this.directory = directory;
    for (String file : BundleTest.files(directory)) {
      if (!file.startsWith("SHA256SUMS")) {
        files.put(file, Files.readAllBytes(directory.resolve(file)));
      }
    }
  }

  byte[] bytes(String path) {
    return Objects.requireNonNull(files.get(path)).clone();
  }

  String text(String path) {
    return new String(bytes(path), UTF_8);
  }

  SortedMap<String, byte[]> files() {
    return files;
  }

  Forgery replace(String path, String found, String replacement) throws IOException {
    String text = text(path);
    if (!text.contains(found)) {
      throw new AssertionError(path + " has no " + found + ":\n" + text);
    }
    return put(path, text.replace(found, replacement).getBytes(UTF_8));
  }

  Forgery put(String path, byte[] bytes) throws IOException {
    files.put(path, bytes);
    Files.createDirectories(directory.resolve(path).resolveSibling("."));
    Files.write(directory.resolve(path), bytes);
    return this;
  }

  Forgery remove(String path) throws IOException {
    files.remove(path);
    Files.delete(directory.resolve(path));
    return this;
  }

  /** Writes the manifest; gives its digest. */
  String seal() throws IOException {
    StringBuilder manifest = new StringBuilder();
    files.forEach(
        (path, bytes) ->
            manifest.append(Digest.sha256(bytes)).append("  ").append(path).append('\n'));
    return seal(manifest.toString());
  }

  String seal(String manifest) throws IOException {
    Files.writeString(directory.resolve("SHA256SUMS"), manifest);
    return Bytes.utf8(manifest).sha256();
  }
}
