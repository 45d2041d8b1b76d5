package dev.optr.bundle;

import dev.optr.base.Bytes;
import dev.optr.base.Disk;
import dev.optr.base.Redactor;
import dev.optr.base.UserException;
import dev.optr.evidence.Examined;
import dev.optr.evidence.Row;
import dev.optr.git.TreeStore;
import dev.optr.ledger.Signer;
import dev.optr.record.Withholding;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Writes bundles (docs/bundle.md). Our own credentials are redacted from prose; a path that holds
 * one is withheld as in the datalake, and is no row.
 */
public final class BundleWriter {
  /** Namespace of the signature of a manifest (PROTOCOL.sshsig). */
  public static final String NAMESPACE = "optr-bundle";

  private final Disk disk;
  private final TreeStore trees;
  private final Redactor redactor;
  private final Optional<Signer> signer;

  /**
   * @param trees that the rows' trees are in
   */
  public BundleWriter(Disk disk, TreeStore trees, Redactor redactor, Optional<Signer> signer) {
    this.disk = disk;
    this.trees = trees;
    this.redactor = redactor;
    this.signer = signer;
  }

  /**
   * Writes a bundle into a directory that is made, empty, or a bundle, which is replaced. The
   * manifest comes last, so that what is not whole is no bundle.
   *
   * @return the bundle's digest, 64 hex digits: SHA-256 of its manifest
   * @throws UserException where the directory holds anything else, or the bundle is too large
   */
  public String write(Path directory, Bundle bundle) {
    check(bundle);
    SortedMap<String, Bytes> files = new BundleFiles(trees, redactor).of(bundle);
    Bytes manifest = Manifest.of(files).bytes();
    BundleDirectory target = new BundleDirectory(directory);
    BundleDirectory.checkSizes(files);
    target.clear(disk);
    // The header first: by it an unfinished bundle is known for one.
    disk.write(directory.resolve(BundlePath.HEADER), contents(files, BundlePath.HEADER));
    for (Map.Entry<String, Bytes> file : files.entrySet()) {
      if (!file.getKey().equals(BundlePath.HEADER)) {
        disk.write(directory.resolve(file.getKey()), file.getValue().toArray());
      }
    }
    signer.ifPresent(
        it -> {
          String signature = it.sign(manifest.toArray(), NAMESPACE).armoured();
          disk.write(directory.resolve(Manifest.SIGNATURE), Bytes.utf8(signature).toArray());
        });
    disk.write(directory.resolve(Manifest.FILE), manifest.toArray());
    return manifest.sha256();
  }

  private static byte[] contents(Map<String, Bytes> files, String path) {
    return Optional.ofNullable(files.get(path)).orElseThrow().toArray();
  }

  private void check(Bundle bundle) {
    Withholding withholding = new Withholding(redactor);
    BundleRows.problem(bundle)
        .ifPresent(
            problem -> {
              throw new IllegalStateException(problem);
            });
    for (Row row : bundle.header().rows()) {
      for (Examined lane : bundle.lanes()) {
        if (row.agents().contains(lane.candidate().agent())
            && withholding.ofChanges(lane).isPresent()) {
          throw new IllegalStateException("row '" + row.name() + "' is of a withheld path");
        }
      }
    }
  }
}
