package org.liveupdate.itests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.liveupdate.itests.support.Bundles;
import org.w3c.dom.Element;

/** What the annotations of the providers say is in their manifests and in their component descriptions. */
class ProvidedCapabilitiesTest {
    private static final Map<String, String> NAMESPACES =
            Map.of("org.liveupdate.api.Flb", "liveupdate.flb", "org.liveupdate.api.FileHandler", "liveupdate.handler");
    private static final Pattern CAPABILITY =
            Pattern.compile("(liveupdate\\.(?:flb|handler));compatible=\"?([^,;\"]+)\"?");

    private static final Pattern SERVICE =
            Pattern.compile("objectClass(?::List<String>)?=\"?(org\\.liveupdate\\.[\\w.]+)");

    static Stream<String> providers() {
        return Bundles.symbolicNames().stream().filter(name -> name.startsWith("org.liveupdate.providers."))
                .filter(name -> Bundles.manifest(name).getValue("Service-Component") != null);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void whatAComponentProvidesIsACapabilityOfItsBundle(String provider) throws Exception {
        assertEquals(capabilities(provider), services(provider));
    }

    @Test
    void theFlbsOfAHandlerAreAPropertyOfItsService() throws Exception {
        Map<String, String> flbs = new TreeMap<>();
        for (Element component : components("org.liveupdate.providers.hugetlb")) {
            flbs.put(text(component, "property[@name='liveupdate.compatible']/@value"),
                    text(component, "normalize-space(property[@name='liveupdate.flbs'])"));
        }

        assertEquals("hugetlb-v1", flbs.get("huge-memfd-v1"));
        assertEquals("", flbs.get("hugetlb-v1"));
    }

    @Test
    void whatABundleNeedsOfUsIsOfferedByAManifestSoThatAResolverFindsIt() {
        Set<String> offered = ours("Provide-Capability");

        assertTrue(offered.contains("org.liveupdate.api.LiveUpdate"), offered::toString);
        Set<String> missing = new TreeSet<>(ours("Require-Capability"));
        missing.removeAll(offered);
        assertEquals(Set.of(), missing);
    }

    /** Our services that a header of all our bundles names. */
    private static Set<String> ours(String header) {
        return Bundles.symbolicNames().stream().filter(name -> name.startsWith("org.liveupdate."))
                .map(name -> Bundles.manifest(name).getValue(header)).filter(Objects::nonNull)
                .flatMap(value -> SERVICE.matcher(value).results()).map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Namespace and compatible string of each capability, sorted. */
    private static List<String> capabilities(String provider) {
        String header = Bundles.manifest(provider).getValue("Provide-Capability");
        TreeSet<String> found = new TreeSet<>();
        Matcher matcher = CAPABILITY.matcher(header == null ? "" : header);
        while (matcher.find()) {
            found.add(matcher.group(1) + " " + matcher.group(2));
        }
        return List.copyOf(found);
    }

    /** The same of each service. */
    private static List<String> services(String provider) throws Exception {
        TreeSet<String> found = new TreeSet<>();
        for (Element component : components(provider)) {
            String type = text(component, "service/provide/@interface");
            if (NAMESPACES.containsKey(type)) {
                String compatible = text(component, "property[@name='liveupdate.compatible']/@value");
                assertFalse(compatible.isEmpty(), component.getAttribute("name"));
                found.add(NAMESPACES.get(type) + " " + compatible);
            }
        }
        return List.copyOf(found);
    }

    private static List<Element> components(String provider) throws Exception {
        String header = Bundles.manifest(provider).getValue("Service-Component");
        Stream.Builder<Element> components = Stream.builder();
        for (String description : header.split(",")) {
            try (var in = url(Bundles.path(provider), description.trim()).openStream()) {
                components
                        .add(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in).getDocumentElement());
            }
        }
        return components.build().toList();
    }

    private static URL url(Path bundle, String entry) throws IOException {
        return Files.isDirectory(bundle) ? bundle.resolve(entry).toUri().toURL()
                : URI.create("jar:" + bundle.toUri() + "!/" + entry).toURL();
    }

    private static String text(Element component, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, component);
    }
}
