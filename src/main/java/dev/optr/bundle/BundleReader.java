package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.JsonException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.git.TreeStore;
import dev.optr.ledger.SshPublicKey;
import dev.optr.ledger.SshSignature;
import dev.optr.record.Fields;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads bundles (docs/bundle.md). A digest that came another way than the bundle says what it must
 * be; no byte counts before it is checked.
 */
public final class BundleReader {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  private final Optional<SshPublicKey> signer;

  /**
   * @param signer who must have signed it; empty where the digest alone counts
   */
  public BundleReader(Optional<SshPublicKey> signer) {
    this.signer = signer;
  }

  /** See {@link #open} and {@link OpenedBundle#read}. */
  public Bundle read(Path directory, String digest, GitRepository repository, TreeStore trees) {
    return open(directory, digest).read(repository, trees);
  }

  /**
   * Checks every byte of a bundle against its digest, and reads what it is of.
   *
   * @param digest 64 hex digits
   * @throws UserException where it is no bundle, or another, or was changed
   */
  public OpenedBundle open(Path directory, String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new UserException(
          "bundle-digest: expected 64 hex digits in lower case, found " + Shown.of(digest));
    }
    BundleDirectory source = new BundleDirectory(directory);
    SortedSet<String> found = source.files();
    Manifest manifest = manifest(source, found, digest);
    checkFiles(found, manifest);
    Map<String, Bytes> files = new HashMap<>();
    manifest.digests().forEach((path, expected) -> files.put(path, file(source, path, expected)));
    return new OpenedBundle(header(files), files, manifest);
  }

  private Manifest manifest(BundleDirectory source, Set<String> found, String digest) {
    Bytes bytes = source.read(Manifest.FILE);
    if (!bytes.sha256().equals(digest)) {
      throw new UserException(
          Manifest.FILE
              + ": the bundle was changed, or is another: its digest is "
              + bytes.sha256()
              + ", not "
              + digest);
    }
    signer.ifPresent(key -> checkSignature(source, found, bytes, key));
    return Manifest.parse(bytes);
  }

  private static void checkSignature(
      BundleDirectory source, Set<String> found, Bytes manifest, SshPublicKey key) {
    if (!found.contains(Manifest.SIGNATURE)) {
      throw new UserException(
          Manifest.SIGNATURE + ": the bundle is not signed; expected by " + key.fingerprint());
    }
    String armoured = source.read(Manifest.SIGNATURE).utf8();
    boolean good =
        SshSignature.parse(armoured)
            .filter(signature -> signature.armoured().equals(armoured))
            .filter(signature -> signature.namespace().equals(BundleWriter.NAMESPACE))
            .filter(signature -> signature.key().equals(key))
            .filter(signature -> signature.isGood(manifest.toArray()))
            .isPresent();
    if (!good) {
      throw new UserException(
          Manifest.SIGNATURE + ": it is no signature of this bundle by " + key.fingerprint());
    }
  }

  private static void checkFiles(Set<String> found, Manifest manifest) {
    Set<String> expected = new TreeSet<>(manifest.digests().keySet());
    expected.add(Manifest.FILE);
    for (String path : found) {
      if (!expected.contains(path) && !path.equals(Manifest.SIGNATURE)) {
        throw new UserException(
            Shown.of(path) + ": the bundle was changed: there is no such file in its manifest");
      }
    }
    for (String path : expected) {
      if (!found.contains(path)) {
        throw new UserException(path + ": the bundle was changed: the file is missing");
      }
    }
  }

  private static Bytes file(BundleDirectory source, String path, String expected) {
    Bytes bytes = source.read(path);
    if (!bytes.sha256().equals(expected)) {
      throw new UserException(
          path
              + ": the bundle was changed: the file's digest is "
              + bytes.sha256()
              + ", not "
              + expected);
    }
    return bytes;
  }

  private static BundleHeader header(Map<String, Bytes> files) {
    try {
      Bytes header = files.get(BundlePath.HEADER);
      if (header == null) {
        throw new UserException(BundlePath.HEADER + ": the bundle has no such file");
      }
      return HeaderJson.read(Fields.parse(header)).header();
    } catch (JsonException e) {
      throw new UserException(
          BundlePath.HEADER + ": " + Shown.message(String.valueOf(e.getMessage())));
    }
  }
}
