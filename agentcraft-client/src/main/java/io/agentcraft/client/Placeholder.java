package io.agentcraft.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in until this package has a class; delete it then. */
public final class Placeholder {
  private static final Logger LOG = LoggerFactory.getLogger(Placeholder.class);

  private Placeholder() {}

  /**
   * Touches each dependency.
   *
   * @return some JSON text
   * @throws IllegalStateException never
   */
  public static String touch() {
    LOG.debug("{}", new OkHttpClient().connectTimeoutMillis());
    try {
      return new ObjectMapper().writeValueAsString(1);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
