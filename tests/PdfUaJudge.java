import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Judges PDFs by veraPDF's PDF/UA-1 rules. Reads a path a line; for each it writes the broken rules, a line each
 * (clause-test, the rule, where), and then a line that says "end".
 */
public class PdfUaJudge {
  private static final String PROFILE = "/org/verapdf/pdfa/validation/PDFUA-1.xml";
  private static final int SHOWN = 3;

  public static void main(String[] none) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    ValidationProfile profile = profile();
    BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      try {
        judge(path, profile);
      } catch (Exception failure) {
        System.out.println("unreadable " + oneLine(failure.toString()));
      }
      System.out.println("end");
      System.out.flush();
    }
  }

  private static void judge(String path, ValidationProfile profile) throws Exception {
    try (InputStream bytes = new FileInputStream(path);
        PDFAParser parser = Foundries.defaultInstance().createParser(bytes, PDFAFlavour.PDFUA_1);
        PDFAValidator validator =
            Foundries.defaultInstance().createValidator(profile, SHOWN, false, true, false)) {
      ValidationResult result = validator.validate(parser);
      if (result.isCompliant()) {
        return;
      }
      for (TestAssertion found : result.getTestAssertions()) {
        if (found.getStatus() == TestAssertion.Status.FAILED) {
          String rule = found.getRuleId().getClause() + "-" + found.getRuleId().getTestNumber();
          System.out.println(
              oneLine(rule + " " + found.getMessage() + " | " + found.getLocation().getContext()));
        }
      }
    }
  }

  /** The profile is read by hand: the engine's own reader needs JAXB, which its jar leaves out. */
  private static ValidationProfile profile() throws Exception {
    try (InputStream xml = Profiles.class.getResourceAsStream(PROFILE)) {
      Document document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
      Set<Rule> rules = new HashSet<>();
      for (Element rule : elements(document.getElementsByTagName("rule"))) {
        rules.add(rule(rule));
      }
      Set<Variable> variables = new HashSet<>();
      for (Element each : elements(document.getElementsByTagName("variable"))) {
        variables.add(
            Profiles.variableFromValues(
                each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
      }
      return Profiles.profileFromValues(
          PDFAFlavour.PDFUA_1,
          Profiles.profileDetailsFromValues("PDF/UA-1", "", "", new Date()),
          "",
          rules,
          variables);
    }
  }

  private static Rule rule(Element rule) {
    Element id = elements(rule.getElementsByTagName("id")).get(0);
    List<ErrorArgument> arguments = new ArrayList<>();
    for (Element each : elements(rule.getElementsByTagName("argument"))) {
      String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
      arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), name, null));
    }
    return Profiles.ruleFromValues(
        Profiles.ruleIdFromValues(
            PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
            id.getAttribute("clause"),
            Integer.parseInt(id.getAttribute("testNumber"))),
        rule.getAttribute("object"),
        rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
        rule.getAttribute("tags"),
        text(rule, "description"),
        text(rule, "test"),
        Profiles.errorFromValues(text(rule, "message"), arguments),
        new ArrayList<>());
  }

  private static List<Element> elements(NodeList nodes) {
    List<Element> found = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      found.add((Element) nodes.item(i));
    }
    return found;
  }

  private static String text(Element parent, String tag) {
    NodeList found = parent.getElementsByTagName(tag);
    return found.getLength() == 0 ? "" : found.item(0).getTextContent();
  }

  private static String oneLine(String words) {
    return words.replaceAll("\\s+", " ");
  }
}
