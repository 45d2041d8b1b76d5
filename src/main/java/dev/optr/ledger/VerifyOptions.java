package dev.optr.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What verification is told from outside.
 *
 * @param pinnedGenesis id that the auditor knows
 * @param baseGenesis id of the genesis in the base commit's ledger
 * @param allowTofu a genesis that nothing vouches for is good enough
 * @param signatures which of them are checked
 * @param expectedHead id of an entry that was there before
 * @param expectedSize how many entries were there before; 0 where that is not known
 * @param signatureRequired a signing key was given, so an unsigned ledger will not do
 * @param since id of an entry that the caller has verified before. It must be there with all its
 *     ancestors, which it covers by digest; their signatures are not computed again, but those of
 *     key entries and of the genesis are
 */
public record VerifyOptions(
    @Nullable String pinnedGenesis,
    @Nullable String baseGenesis,
    boolean allowTofu,
    Signatures signatures,
    @Nullable String expectedHead,
    long expectedSize,
    boolean signatureRequired,
    @Nullable String since) {
  /** Which signatures are checked. */
  public enum Signatures {
    /** Every one. */
    FULL,
    /**
     * Those of heads, key entries and genesis: they cover all other entries by digest, so integrity
     * holds; who wrote inner entries is not checked again.
     */
    LINKS
  }

  /** Knows nothing, checks everything. */
  public static VerifyOptions standard() {
    return new VerifyOptions(null, null, false, Signatures.FULL, null, 0, false, null);
  }

  public VerifyOptions withPinnedGenesis(@Nullable String id) {
    return new VerifyOptions(
        id,
        baseGenesis,
        allowTofu,
        signatures,
        expectedHead,
        expectedSize,
        signatureRequired,
        since);
  }

  public VerifyOptions withBaseGenesis(@Nullable String id) {
    return new VerifyOptions(
        pinnedGenesis,
        id,
        allowTofu,
        signatures,
        expectedHead,
        expectedSize,
        signatureRequired,
        since);
  }

  public VerifyOptions allowingTofu() {
    return new VerifyOptions(
        pinnedGenesis,
        baseGenesis,
        true,
        signatures,
        expectedHead,
        expectedSize,
        signatureRequired,
        since);
  }

  public VerifyOptions checking(Signatures which) {
    return new VerifyOptions(
        pinnedGenesis,
        baseGenesis,
        allowTofu,
        which,
        expectedHead,
        expectedSize,
        signatureRequired,
        since);
  }

  public VerifyOptions expecting(@Nullable String head, long size) {
    return new VerifyOptions(
        pinnedGenesis, baseGenesis, allowTofu, signatures, head, size, signatureRequired, since);
  }

  public VerifyOptions requiringSignatures() {
    return new VerifyOptions(
        pinnedGenesis, baseGenesis, allowTofu, signatures, expectedHead, expectedSize, true, since);
  }

  public VerifyOptions since(@Nullable String id) {
    return new VerifyOptions(
        pinnedGenesis,
        baseGenesis,
        allowTofu,
        signatures,
        expectedHead,
        expectedSize,
        signatureRequired,
        id);
  }
}
