import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryExecutionFactory;
import org.apache.jena.query.ResultSetFormatter;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.riot.RDFDataMgr;

/** Asks Apache Jena many queries of one graph in one process: AskAll DATA FOLDER QUERY… writes FOLDER/NAME.json for QUERY NAME.rq. */
class AskAll {
    public static void main(String[] args) throws Exception {
        Model model = RDFDataMgr.loadModel(args[0]);
        for (int i = 2; i < args.length; i++) {
            Path query = Path.of(args[i]);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            String text = Files.readString(query, StandardCharsets.UTF_8);
            try (QueryExecution execution = QueryExecutionFactory.create(text, model)) {
                ResultSetFormatter.outputAsJSON(out, execution.execSelect());
            }
            String name = query.getFileName().toString().replace(".rq", ".json");
            Files.write(Path.of(args[1], name), out.toByteArray());
        }
    }
}
