package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every request that a server gets from now on, also those that a reset forgets. */
public final class VendorTraffic {
  private final Queue<LoggedRequest> requests = new ConcurrentLinkedQueue<>();
  private final List<String> bases;

  private VendorTraffic(List<String> bases) {
    this.bases = bases;
  }

  /**
   * @param bases what may stand before an operation's path; none is the same as an empty one
   */
  public static VendorTraffic of(WireMockServer server, String... bases) {
    VendorTraffic traffic = new VendorTraffic(List.of(bases));
    server.addMockServiceRequestListener(
        (request, response) -> traffic.requests.add(LoggedRequest.createFrom(request)));
    return traffic;
  }

  /** Asserts that each request is one that its vendor takes; nothing where schemas are absent. */
  public void assertValid() {
    if (VendorSchemas.present()) {
      VendorOperations operations = VendorOperations.shared();
      assertThat(requests).allSatisfy(r -> assertThat(operations.check(r, bases)).isEmpty());
    }
  }
}
