package dev.optr.github;

import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import org.kohsuke.github.connector.GitHubConnector;
import org.kohsuke.github.connector.GitHubConnectorRequest;
import org.kohsuke.github.connector.GitHubConnectorResponse;

/**
 * Lets hub4j send its requests through our {@link Transport}; its own headers, waiting and
 * repeating are not used.
 */
final class LibraryConnector implements GitHubConnector {
  private final Transport transport;

  LibraryConnector(Transport transport) {
    this.transport = transport;
  }

  @Override
  public GitHubConnectorResponse send(GitHubConnectorRequest request) throws IOException {
    Reply reply =
        transport.send(request.method(), URI.create(request.url().toString()), body(request));
    // hub4j takes it for granted that it is answered with an object.
    if (!(reply.json() instanceof JsonObject)) {
      throw new IOException("GitHub's answer is no object");
    }
    return new Answer(request, reply);
  }

  private static byte[] body(GitHubConnectorRequest request) throws IOException {
    try (InputStream stream = request.body()) {
      return stream == null ? new byte[0] : stream.readAllBytes();
    }
  }

  private static final class Answer extends GitHubConnectorResponse {
    private final Bytes body;

    Answer(GitHubConnectorRequest request, Reply reply) {
      super(request, reply.status(), reply.headers().map());
      this.body = reply.body();
    }

    @Override
    protected InputStream rawBodyStream() {
      return new ByteArrayInputStream(body.toArray());
    }
  }
}
