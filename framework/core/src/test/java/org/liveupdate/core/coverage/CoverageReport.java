package org.liveupdate.core.coverage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/** The XML report of JaCoCo: shares of packages, and the uncovered branches of methods. */
final class CoverageReport {
    private static final Pattern LAMBDA = Pattern.compile("lambda\\$(.+)\\$\\d+");

    /** By the package's last name. */
    final Map<String, Share> lines = new TreeMap<>();
    /** By the package's last name. */
    final Map<String, Share> branches = new TreeMap<>();
    /** By package, class and method, such as {@code luo.Turn.take}: overloads and lambdas count to the method. */
    final Map<String, Integer> uncovered = new TreeMap<>();

    /** Reads the report. */
    CoverageReport(Path file) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            Element root = factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            children(root, "package").forEach(this::addPackage);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IOException(file + " is no report of JaCoCo: " + e.getMessage(), e);
        }
    }

    private void addPackage(Element element) {
        String path = element.getAttribute("name");
        String name = path.substring(path.lastIndexOf('/') + 1);
        lines.put(name, share(element, "LINE"));
        branches.put(name, share(element, "BRANCH"));
        for (Element type : children(element, "class")) {
            String className = type.getAttribute("name").substring(path.length() + 1).replace('$', '.');
            for (Element method : children(type, "method")) {
                int missed = share(method, "BRANCH").missed();
                if (missed > 0) {
                    uncovered.merge(name + '.' + className + '.' + method(method), missed, Integer::sum);
                }
            }
        }
    }

    private static String method(Element element) {
        String name = element.getAttribute("name");
        Matcher lambda = LAMBDA.matcher(name);
        return lambda.matches() ? lambda.group(1) : name;
    }

    private static Share share(Element element, String kind) {
        for (Element counter : children(element, "counter")) {
            if (counter.getAttribute("type").equals(kind)) {
                return new Share(Integer.parseInt(counter.getAttribute("missed")),
                        Integer.parseInt(counter.getAttribute("covered")));
            }
        }
        return new Share(0, 0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeName().equals(name)) {
                children.add((Element) child);
            }
        }
        return children;
    }
}
