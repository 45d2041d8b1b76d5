package dev.optr.git;

import dev.optr.base.ConnectionFault;
import dev.optr.base.Network;
import dev.optr.base.Secret;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.NotSupportedException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.TagOpt;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.UsernamePasswordCredentialsProvider;

/**
 * The way to one remote repository. The token goes to the given origin (scheme, host, port) alone:
 * no connection to any other is made, whatever the server redirects to, and no message carries it.
 */
final class RemoteConnection {
  private static final Set<String> SCHEMES = Set.of("https", "http", "file");
  private static final int TIMEOUT_SECONDS = 120;

  private final String purpose;
  private final Network network;
  private final URI remote;
  private final Optional<Secret> token;

  /**
   * @param purpose {@code fetch from} or {@code push to}, for messages
   */
  RemoteConnection(String purpose, Network network, URI remote, Optional<Secret> token) {
    this.purpose = purpose;
    this.network = network;
    this.remote = remote;
    this.token = token;
  }

  /** What is to be done over a connection. */
  @FunctionalInterface
  interface Exchange<T> {
    T over(Transport transport) throws IOException;
  }

  /**
   * Does it with a view of the repository that has no config.
   *
   * @throws UserException where the remote is nothing that may be spoken to
   */
  <T> T over(Repository plain, Exchange<T> exchange) throws IOException {
    if (!SCHEMES.contains(String.valueOf(remote.getScheme())) || remote.getUserInfo() != null) {
      throw new UserException(
          "cannot "
              + purpose
              + " '"
              + remote.getHost()
              + "'; give an https URL without credentials in it");
    }
    try (Transport transport = Transport.open(plain, new URIish(remote.toString()))) {
      transport.setTimeout(TIMEOUT_SECONDS);
      transport.setTagOpt(TagOpt.NO_TAGS);
      transport.setCheckFetchedObjects(true);
      token.ifPresent(
          secret ->
              transport.setCredentialsProvider(
                  new UsernamePasswordCredentialsProvider("x-access-token", secret.reveal())));
      if (transport instanceof TransportHttp http) {
        http.setHttpConnectionFactory(new SameOriginConnections(remote, network));
      }
      return exchange.over(transport);
    } catch (TransportException e) {
      throw fault(e);
    } catch (NotSupportedException | URISyntaxException e) {
      throw ServiceException.lasting("could not " + purpose + " " + remote, e);
    }
  }

  private ServiceException fault(TransportException e) {
    String what = "could not " + purpose + " " + remote + ": ";
    if (network.explained(remote, e) instanceof ConnectionFault fault) {
      return fault.worthRetrying()
          ? ServiceException.passing(what + fault.getMessage(), e)
          : ServiceException.lasting(what + fault.getMessage(), e);
    }
    return ServiceException.passing(what + innermost(e), e);
  }

  /** JGit's outer message only says that it could not; the reason is the innermost one. */
  private static String innermost(Throwable thrown) {
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
