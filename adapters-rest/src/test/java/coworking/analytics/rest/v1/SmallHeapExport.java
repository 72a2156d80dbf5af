package coworking.analytics.rest.v1;

import coworking.analytics.rest.StubSpaceAnalytics;
import coworking.analytics.rest.TestServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.ZipFile;

/** A process of its own, with little memory, that exports a million users to itself and counts what arrives. */
final class SmallHeapExport {

    private SmallHeapExport() {}

    /** Prints how many rows and bytes came; the argument is the format. */
    public static void main(String[] arguments) throws IOException {
        var analytics = new StubSpaceAnalytics();
        analytics.exportedUsers = Optional.of(() -> ExportTest.named(1_000_000));
        try (var server = new TestServer(analytics)) {
            System.out.println(count(server.url("/api/v1/reports/user-visits?include=name&format=" + arguments[0]), arguments[0]));
        }
        System.exit(0);
    }

    private static String count(URI url, String format) throws IOException {
        var connection = url.toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + TestServer.TOKEN);
        if (format.equals("xlsx")) {
            return countOfWorkbook(connection.getInputStream());
        }
        long bytes = 0;
        long lines = 0;
        try (var body = new BufferedInputStream(connection.getInputStream())) {
            for (int next = body.read(); next >= 0; next = body.read()) {
                bytes++;
                lines += next == '\n' ? 1 : 0;
            }
        }
        return lines - (format.equals("csv") ? 1 : 0) + " rows, " + bytes + " bytes";
    }

    /** Rows, without that of the names, are elements of the sheet's XML. The file is read from its end, where its directory is. */
    private static String countOfWorkbook(InputStream body) throws IOException {
        var file = Files.createTempFile("export", ".xlsx");
        try {
            Files.copy(body, file, StandardCopyOption.REPLACE_EXISTING);
            try (var parts = new ZipFile(file.toFile());
                    var sheet = new BufferedInputStream(parts.getInputStream(parts.getEntry("xl/worksheets/sheet1.xml")))) {
                long rows = 0;
                var last = 0;
                for (int next = sheet.read(); next >= 0; next = sheet.read()) {
                    rows += last == '<' && next == 'r' ? 1 : 0;
                    last = next;
                }
                return rows - 1 + " rows, " + Files.size(file) + " bytes";
            }
        } finally {
            Files.delete(file);
        }
    }
}
