package dev.optr.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every request that a server gets from now on, also those that a reset forgets. */
public final class VendorTraffic {
  private final Queue<LoggedRequest> requests = new ConcurrentLinkedQueue<>();
  private final Set<String> besides = ConcurrentHashMap.newKeySet();
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

  /** Lets requests pass whose URL starts so: those that go to no vendor, such as to the runner. */
  public VendorTraffic besides(String start) {
    besides.add(start);
    return this;
  }

  /** Asserts that each request is one that its vendor takes; nothing where schemas are absent. */
  public void assertValid() {
    if (VendorSchemas.present()) {
      VendorOperations operations = VendorOperations.shared();
      assertThat(requests)
          .filteredOn(request -> besides.stream().noneMatch(request.getUrl()::startsWith))
          .allSatisfy(request -> assertThat(operations.check(request, bases)).isEmpty());
    }
  }
}
