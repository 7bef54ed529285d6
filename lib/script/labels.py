"""Words that stand where a speaker's name may stand, and name nobody."""


def listed(words: str) -> frozenset[str]:
    return frozenset(each.strip().casefold() for each in words.split(","))


# What stands before a colon and is said by nobody, also with a number.
LABELS = listed(
    """
    note,notes,warning,caution,attention,important,tip,hint,example,examples,remember,danger,info,
    step,point,item,part,chapter,section,question,answer,task,exercise,rule,lesson,day,week,month,
    year,page,figure,table,option,option a,option b,phase,stage,level,unit,module,slide,scene,act,
    verse,chorus,bridge,intro,outro,exit,gate,platform,room,floor,number,appendix,article,clause,
    monday,tuesday,wednesday,thursday,friday,saturday,sunday,today,tomorrow,weekdays,weekends,
    january,february,march,april,may,june,july,august,september,october,november,december,
    date,time,place,location,address,phone,telephone,tel,mobile,fax,e-mail,email,mail,web,website,
    url,price,cost,total,subtotal,tax,size,weight,colour,color,quantity,amount,model,brand,status,
    subject,re,fw,fwd,from,to,cc,bcc,sent,ps,p.s,nb,n.b,fyi,asap,summary,result,results,conclusion,
    ingredients,method,directions,instructions,serves,preparation,equipment,materials,tools,
    delivery address,phone number,e.g,i.e,front,back,myth,fact,word,translation,pro,contra,con,
    symptom,treatment,cause,effect,problem,solution,reason,team,group,thanks,version,language,
    步骤,手順,步驟,第,注意,注,
    title,author,editor,source,topic,agenda,goal,goals,aim,aims,purpose,background,description,
    details,features,benefits,requirements,deadline,duration,length,opening hours,hours,open,closed,
    participants,attendees,present,absent,minutes,action,actions,next steps,decision,decisions,
    pros,cons,before,after,first,second,third,finally,then,breaking,update,correction,reminder,
    name,names,age,job,occupation,profession,company,department,dose,dosage,medium,material,
    materials,dimensions,height,width,depth,departure,arrival,check-in,check-out,breakfast,lunch,
    dinner,supper,starter,starters,main course,mains,dessert,desserts,drinks,setting,characters,
    connections,stop,fade in,fade out,fade to,cut to,dissolve to,end credits,
    alter,beruf,firma,abteilung,maße,abfahrt,ankunft,frühstück,mittagessen,abendessen,vorspeise,
    hauptgericht,nachtisch,nom,âge,métier,matière,départ,arrivée,petit-déjeuner,déjeuner,dîner,
    entrée,plat,dessert,nombre,edad,profesión,salida,llegada,desayuno,almuerzo,comida,postre,
    nome,età,professione,partenza,arrivo,colazione,pranzo,cena,idade,profissão,partida,chegada,
    almoço,jantar,
    hinweis,hinweise,achtung,warnung,wichtig,tipp,beispiel,schritt,punkt,kapitel,abschnitt,teil,
    frage,antwort,aufgabe,regel,tag,woche,seite,raum,etage,stock,gleis,montag,dienstag,mittwoch,
    donnerstag,freitag,samstag,sonntag,sonnabend,heute,morgen,datum,uhrzeit,zeit,ort,adresse,
    telefon,preis,gesamt,summe,größe,gewicht,farbe,menge,betreff,von,an,zutaten,zubereitung,titel,
    autor,quelle,thema,ziel,zweck,beschreibung,öffnungszeiten,geöffnet,geschlossen,teilnehmer,
    remarque,note bien,attention,important,avertissement,conseil,astuce,exemple,étape,point,
    chapitre,partie,question,réponse,règle,jour,semaine,page,salle,étage,lundi,mardi,mercredi,jeudi,
    vendredi,samedi,dimanche,aujourd'hui,demain,date,heure,lieu,adresse,téléphone,prix,total,taille,
    poids,couleur,objet,de,à,ingrédients,préparation,titre,auteur,source,sujet,but,horaires,ouvert,
    fermé,nota,aviso,atención,importante,advertencia,consejo,ejemplo,paso,punto,capítulo,parte,
    pregunta,respuesta,regla,día,semana,página,sala,piso,lunes,martes,miércoles,jueves,viernes,
    sábado,domingo,hoy,mañana,fecha,hora,lugar,dirección,teléfono,precio,tamaño,peso,color,asunto,
    para,ingredientes,preparación,título,fuente,tema,objetivo,horario,abierto,cerrado,
    avviso,attenzione,avvertenza,consiglio,esempio,passo,capitolo,domanda,risposta,regola,giorno,
    settimana,pagina,stanza,piano,lunedì,martedì,mercoledì,giovedì,venerdì,sabato,domenica,oggi,
    domani,data,ora,luogo,indirizzo,telefono,prezzo,totale,misura,colore,oggetto,ingredienti,
    preparazione,titolo,autore,fonte,argomento,scopo,orari,aperto,chiuso,
    atenção,conselho,dica,exemplo,etapa,passo,capítulo,pergunta,resposta,regra,dia,segunda,terça,
    quarta,quinta,sexta,hoje,amanhã,local,endereço,telefone,preço,tamanho,cor,assunto,preparo,
    opmerking,let op,waarschuwing,voorbeeld,stap,hoofdstuk,maandag,dinsdag,woensdag,donderdag,
    vrijdag,zaterdag,zondag,prijs,adres,onderwerp,uwaga,krok,przykład,rozdział,poniedziałek,
    wtorek,środa,czwartek,piątek,sobota,niedziela,cena,adres,temat
    """
)
# Captions for the deaf tell sounds in the same brackets as names.
SOUNDS = listed(
    """
    music,music playing,upbeat music,applause,laughter,laughing,laughs,cheering,cheers,silence,
    pause,inaudible,crosstalk,noise,background noise,foreign,singing,sighs,coughs,gasps,crying,
    screaming,whispering,whispers,door opens,door closes,phone rings,ringing,beep,bleep,static,
    clapping,happy,sad,angry,surprised,fearful,disgusted,whisper,breathe,clear_throat,cough,laugh,
    sigh,yawn,break,wait,musik,applaus,gelächter,lachen,stille,musique,rires,applaudissements,
    silence,música,risas,aplausos,silencio,musica,risate,applausi,silenzio,palmas,risos,muziek
    """
)
