package io.agentcraft.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.agentcraft.client.message.AgentStatus;
import io.agentcraft.examples.dashboard.Theme.Ink;
import io.agentcraft.examples.live.Frames;
import io.agentcraft.examples.live.View.Frame;
import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class SvgViewTest {

  @Test
  void isWellFormedAndHasTextColourAndBars() throws Exception {
    Frame frame = new Frames()
        .connected()
        .agent("A & <B>", AgentStatus.PROCESSING, 50, "Collecting sources")
        .frame();

    String svg = SvgView.draw(DashboardRenderer.render(frame, Theme.FULL, 80, 24), 80, 24);

    Document document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
    assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
    assertThat(document.getElementsByTagName("text").getLength()).isGreaterThan(5);
    // The background, and the two parts of the bar.
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(3);
    assertThat(svg).contains(Ink.BUSY.css(), "Collecting\u00a0sources", "&amp;\u00a0&lt;B&gt;");
  }
}
