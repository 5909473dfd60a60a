package org.liveupdate.console;

import jakarta.servlet.http.HttpServletResponse;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** A file of the page, from this bundle. All are named here, so that no path of a request reaches a class loader. */
record Asset(String path, String type) {
    static final Asset PAGE = new Asset("/res/page.html", "text/html;charset=UTF-8");

    private static final String SCRIPT = "text/javascript;charset=UTF-8";
    private static final List<Asset> ALL = List.of(new Asset("/res/page.css", "text/css;charset=UTF-8"),
            new Asset("/res/icon.svg", "image/svg+xml"), new Asset("/res/page.js", SCRIPT),
            new Asset("/res/dom.js", SCRIPT), new Asset("/res/graph.js", SCRIPT), new Asset("/res/timeline.js", SCRIPT),
            new Asset("/res/memory.js", SCRIPT), new Asset("/res/tables.js", SCRIPT));

    /** The one with this path below the page, or null. */
    static Asset at(String path) {
        return ALL.stream().filter(asset -> asset.path.equals(path)).findFirst().orElse(null);
    }

    /**
     * Answers with it.
     *
     * @throws IOException
     *             the client has gone, or this bundle has
     */
    void send(HttpServletResponse response) throws IOException {
        try (InputStream in = Asset.class.getResourceAsStream(path.substring(1))) {
            if (in == null) {
                throw new FileNotFoundException(path);
            }
            response.setContentType(type);
            in.transferTo(response.getOutputStream());
        }
    }
}
