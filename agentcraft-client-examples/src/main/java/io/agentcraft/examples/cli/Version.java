package io.agentcraft.examples.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version of the build. */
public final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"agentcraft " + read()};
  }

  private static String read() {
    try (InputStream in = Version.class.getResourceAsStream("/agentcraft.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "(unknown version)");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
