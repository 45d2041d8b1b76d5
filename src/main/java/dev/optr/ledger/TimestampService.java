package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/**
 * Asks a time stamp authority (RFC 3161). Whatever it answers, and whether it answers at all, no
 * decision fails for it: what did not work is said, and the entry is written without a token.
 */
public final class TimestampService implements Timestamper {
  private static final int NONCE_BITS = 64;

  private final Connection connection;
  private final Consumer<String> warnings;
  private final SecureRandom random = new SecureRandom();

  /**
   * @param warnings takes a sentence where there is no token
   */
  public TimestampService(Connection connection, Consumer<String> warnings) {
    this.connection = connection;
    this.warnings = warnings;
  }

  /** The way to the authority. */
  @FunctionalInterface
  public interface Connection {
    /**
     * Sends a request (application/timestamp-query) and gives the reply.
     *
     * @throws IOException with words for a user where there is none
     */
    Bytes exchange(Bytes request) throws IOException;
  }

  @Override
  public Optional<Bytes> stamp(String entryId) {
    try {
      return Optional.of(token(entryId));
    } catch (IOException | TimestampException e) {
      warnings.accept(
          "the entry '%s' is written without a time stamp: %s".formatted(entryId, e.getMessage()));
      return Optional.empty();
    }
  }

  private Bytes token(String entryId) throws IOException, TimestampException {
    TimeStampRequest request = request(entryId);
    Bytes reply = connection.exchange(Bytes.of(request.getEncoded()));
    TimestampToken token = TimestampToken.parse(token(request, reply));
    token.checkFor(entryId);
    return token.der();
  }

  private TimeStampRequest request(String entryId) {
    TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
    generator.setCertReq(true);
    BigInteger nonce = new BigInteger(NONCE_BITS, random);
    return generator.generate(TSPAlgorithms.SHA256, HexFormat.of().parseHex(entryId), nonce);
  }

  /** The token of a reply that grants it and fits what was asked. */
  private static Bytes token(TimeStampRequest request, Bytes reply) throws TimestampException {
    try {
      TimeStampResponse response = new TimeStampResponse(reply.toArray());
      response.validate(request);
      if (response.getTimeStampToken() == null) {
        throw new TimestampException("the authority refused (status " + response.getStatus() + ")");
      }
      return Bytes.of(response.getTimeStampToken().getEncoded());
    } catch (TSPException | IOException | RuntimeException e) {
      // The library throws what comes to hand for bytes that are no such structure.
      throw new TimestampException("the authority's answer is no good: " + words(e), e);
    }
  }

  private static String words(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
